"""The simulation and the exact instances that a claim must survive; ignorant of its proof."""

from verify.crosscheck.evidence import crosscheck
from verify.crosscheck.exact import model_of_given, world_of_given

__all__ = ["crosscheck", "model_of_given", "world_of_given"]
