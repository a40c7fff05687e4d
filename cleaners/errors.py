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


class CleanerError(Exception):
    """Root of the tree: catch this to catch all of it."""


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
