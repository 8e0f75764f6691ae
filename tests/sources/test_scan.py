from textwrap import dedent

import pytest

from verify.sources.scan import Listed, scan

LITERAL = """
from verify import Claim, equation, real

a = real("a")
one: Claim = Claim(
    id="algebra.one", title="One", source=["000 A1", "003"], states=equation(a, a)
)
"""


def test_a_literal_claim_is_read() -> None:
    found = scan(LITERAL)
    assert found.claims == (Listed("algebra.one", "One", ("000 A1", "003"), "proved"),)
    assert (found.makes, found.outside, found.fault) == (False, "", "")
    assert found.imports == ("verify", "verify.Claim", "verify.equation", "verify.real")


def test_layout_and_comments_do_not_change_the_program() -> None:
    assert scan(LITERAL).code == scan(LITERAL.replace("\na = ", "\n\n# why\na  =  ")).code
    assert scan(LITERAL).code != scan(LITERAL.replace('"One"', '"Two"')).code


@pytest.mark.parametrize(
    "text",
    [
        'one = Claim(id="a." + "b", title="")',
        "one = Claim(**parts)",
        'one = Claim("a.b", "title", states)',
        'def made(name):\n    return Claim(id="a.b", title=name)',
        'both = [Claim(id="a.b", title="")]',
        'if x:\n    one = Claim(id="a.b", title="")',
        "from verify import Claim as Statement",
        "make = Claim",
        "import verify\nmake = verify.Claim",
        "from dataclasses import replace",
        "import dataclasses",
        "from copy import copy",
        'class Mine(Claim):\n    """Mine."""',
    ],
)
def test_claims_that_are_made_otherwise_are_noticed(text: str) -> None:
    assert scan(text).makes


@pytest.mark.parametrize(
    "text",
    [
        "def shown(claim: Claim) -> Claim:\n    return claim",
        "one: Claim",
        "from dataclasses import dataclass",
        "found = found._replace(a=1)",
    ],
)
def test_what_makes_no_claim_is_not_mistaken_for_it(text: str) -> None:
    assert not scan(text).makes


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("import os", "imports os"),
        ("def f():\n    from pathlib import Path", "imports pathlib"),
        ("data = open('x').read()", "uses open"),
        ("import numpy as np\nx = np.load('x.npy')", "uses load"),
        ("exec(text)", "uses exec"),
        ("import math, random, typing", ""),
        ("import numpy as np\nx = np.eye(2)", ""),
    ],
)
def test_what_a_module_reads_beside_its_imports_is_named(text: str, reason: str) -> None:
    assert scan(text).outside == reason


def test_relative_imports_keep_their_dots() -> None:
    text = """
        from . import a
        from ..b import c
        from .d import *
        """
    assert scan(dedent(text)).imports == (".", ".a", "..b", "..b.c", ".d")


def test_a_wrong_syntax_is_a_fault_with_its_line() -> None:
    found = scan("a = 1\nb = = 2\n")
    assert found.fault == "line 2: invalid syntax"
    assert found.makes
