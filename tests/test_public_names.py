import ast
import types
from pathlib import Path

import pytest

import verify

UNKNOWN = "simplify"


def declared() -> set[str]:
    """The names that type checkers see."""
    tree = ast.parse(Path(str(verify.__file__)).read_text(encoding="utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If))
    imports = [node for node in block.body if isinstance(node, ast.ImportFrom)]
    return {alias.asname or alias.name for node in imports for alias in node.names}


def test_what_type_checkers_see_is_what_there_is() -> None:
    assert declared() | {"__version__"} == set(verify.__all__)
    assert set(verify._MODULE_OF) == declared()
    assert set(dir(verify)) == set(verify.__all__)


@pytest.mark.parametrize("name", verify.__all__)
def test_each_public_name_can_be_used(name: str) -> None:
    assert getattr(verify, name) is not None


def test_crosscheck_is_the_function_though_a_package_has_its_name() -> None:
    from verify.crosscheck import crosscheck

    assert not isinstance(verify.crosscheck, types.ModuleType)
    assert verify.crosscheck is crosscheck


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'simplify'"):
        getattr(verify, UNKNOWN)
