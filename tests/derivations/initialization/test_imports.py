import subprocess
import sys

LOADED = """
import sys
from derivations.initialization import errata, he, preactivation, relu
print(*(name for name in sys.modules if name.startswith(("verify.kernel.prove", "scipy"))))
"""


def test_importing_the_derivations_proves_and_simulates_nothing() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []
