import os

import pytest

from verify.cache.directory import VARIABLE


@pytest.fixture(autouse=True, scope="session")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test reads or writes the cache of whoever runs it."""
    os.environ[VARIABLE] = str(tmp_path_factory.mktemp("cache"))
