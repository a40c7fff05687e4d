"""Everything the cleaner can raise.

CleanerError
├── PageTooLarge      the page is over `CleanConfig.max_page_bytes`
├── PageTooComplex    the markup is nested or repeated beyond any real page
├── RuleError         a rule file is not as it should be (file, rule id, what to do)
├── ModelError        the weights file is missing, damaged or of another version
├── MemoryFileError   a saved site memory cannot be read
└── ConfigError       a setting has a value it cannot have (which, what it may be)
"""

from __future__ import annotations

from typing import Any


class CleanerError(Exception):
    """Root of the tree: catch this to catch all of it. Each pickles, for pools of workers."""

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, (type(self), self.args, self.__dict__)


def _restore(
    kind: type[CleanerError], said: tuple[Any, ...], state: dict[str, Any]
) -> CleanerError:
    """The error as it was; its constructor takes other arguments than what it says."""
    error = kind.__new__(kind, *said)
    error.__dict__.update(state)
    return error


class PageTooLarge(CleanerError):
    """The page is larger than the configured cap."""

    def __init__(self, size: int, limit: int) -> None:
        super().__init__(
            f"page of {size} bytes is over the limit of {limit}; raise CleanConfig.max_page_bytes"
        )
        self.size = size
        self.limit = limit


class PageTooComplex(CleanerError):
    """The markup is beyond what any real page holds."""


class RuleError(CleanerError):
    """A rule file is wrong; the message says which file and rule, and how to mend it."""

    def __init__(self, where: str, problem: str) -> None:
        super().__init__(f"{where}: {problem}")
        self.where = where
        self.problem = problem


class ModelError(CleanerError):
    """The weights file is missing, damaged, or made for another version."""


class MemoryFileError(CleanerError):
    """A saved site memory cannot be read."""


class ConfigError(CleanerError):
    """A setting has a value it cannot have; the message says which, and what it may be."""

    def __init__(self, setting: str, value: object, allowed: str) -> None:
        super().__init__(f"{setting} is {value!r}; give it {allowed}")
        self.setting = setting
        self.value = value
        self.allowed = allowed


def require_type(name: str, value: object, kind: type) -> None:
    """Return where an argument is of a kind, or not given.

    Raises:
        TypeError: it is neither; the message says which, and what it is to be.
    """
    if value is not None and not isinstance(value, kind):
        raise TypeError(f"{name} is to be {kind.__name__}, not {type(value).__name__}")
