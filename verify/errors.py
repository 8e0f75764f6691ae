"""What is told to the user instead of a traceback."""

from __future__ import annotations


class ClaimError(Exception):
    """A claim is malformed; the message names the claim and the place."""


class ClusterError(Exception):
    """The cluster cannot be used; the message says why."""


class UsageError(Exception):
    """The command line asks for something that there is not."""
