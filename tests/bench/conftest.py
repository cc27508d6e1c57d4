"""The region, as in the tests of the directory."""

from tests.directory.conftest import twente  # noqa: F401
