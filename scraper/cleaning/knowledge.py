"""What users add to the cleaner's own knowledge: rule files, and a memory of their sites.

What reads them is loaded with the first of them: most runs have none, and a crawl's own process,
which has other work, would wait for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from cleaners.errors import MemoryFileError, RuleError
from scraper.errors import ConfigError

if TYPE_CHECKING:
    from cleaners.matching.matcher import Matcher
    from cleaners.matching.phrases import Rule
    from cleaners.sites import SiteMemory

# Sets of rules, and memories, that are kept at once: a run has one of each, and memories are large.
_KEPT = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class _Edition:
    """A file as it stands now. Another edition of it is another value."""

    path: Path
    inode: int
    mtime_ns: int
    size: int


def load_user_rules(files: tuple[Path, ...]) -> Matcher | None:
    """The packaged rules with those of the user's files; None where there are none of those.

    Raises:
        RuleError: a file is not as it should be.
    """
    return _extend_rules(tuple(map(_name_edition, files))) if files else None


def read_rule_files(files: tuple[Path, ...]) -> tuple[Rule, ...]:
    """The rules of users' files.

    Raises:
        RuleError: a file is not text in UTF-8, or not as the format says.
    """
    from cleaners.matching.phrases import parse_rules  # noqa: PLC0415 - see above

    found: list[Rule] = []
    for file in files:
        try:
            text = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise RuleError(str(file), f"cannot be read: {error}") from error
        found.extend(parse_rules(text, source=file.name))
    return tuple(found)


def load_memory(path: Path | None) -> SiteMemory | None:
    """A saved memory, or None for no path.

    Raises:
        ConfigError: it cannot be read, is no memory, or of another version.
    """
    return None if path is None else _read_memory(_name_edition(path))


def _name_edition(path: Path) -> _Edition:
    try:
        found = path.stat()
    except OSError:  # whoever reads it says so
        return _Edition(path=path, inode=0, mtime_ns=0, size=0)
    return _Edition(path=path, inode=found.st_ino, mtime_ns=found.st_mtime_ns, size=found.st_size)


@lru_cache(maxsize=_KEPT)
def _extend_rules(editions: tuple[_Edition, ...]) -> Matcher:
    from cleaners.matching.rulebook import extend_matcher  # noqa: PLC0415 - see above

    return extend_matcher(read_rule_files(tuple(edition.path for edition in editions)))


@lru_cache(maxsize=_KEPT)
def _read_memory(edition: _Edition) -> SiteMemory:
    from cleaners.sites import SiteMemory  # noqa: PLC0415 - see above

    path = edition.path
    try:
        return SiteMemory.from_bytes(path.read_bytes())
    except MemoryFileError as error:
        raise ConfigError(f"{path}: {error}") from None
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror})") from None
