import os

import pytest
from hypothesis import settings

from verify.cache.directory import VARIABLE

# No test asserts a time, on a machine that may be busy.
settings.register_profile("chalkproof", deadline=None)
settings.load_profile("chalkproof")


@pytest.fixture(autouse=True, scope="session")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test reads or writes the cache of whoever runs it."""
    os.environ[VARIABLE] = str(tmp_path_factory.mktemp("cache"))
