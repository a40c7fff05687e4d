"""Runs fixtures: what the cleaner makes of a stored page or text, held against what must hold.

A case is a folder. `claims.toml` is written by people and by nothing else; `expected.txt` and
`expected.json` are what the cleaner gave when somebody last looked, and only `accept_case` writes
them, which refuses while a claim fails. `docs/fixtures.md` describes the keys.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from difflib import unified_diff
from pathlib import Path
from typing import Any, get_type_hints

from cleaners import Article, CleanedText, clean_html, clean_text
from scraper.errors import ConfigError

CLAIMS = "claims.toml"
EXPECTED_TEXT = "expected.txt"
EXPECTED_DATA = "expected.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """The keys of a `claims.toml`; a key that is absent claims nothing.

    `page` or `input` names the file to clean (from the case's folder, else from the folder that
    holds the fixtures folder); without either it is `page.html` or `input.txt` in the case.
    `url`, `content_type` and `lang` are handed to the cleaner, the rest is held against its answer.
    """

    page: str = ""
    input: str = ""
    url: str = ""
    content_type: str = ""
    lang: str = ""

    starts_with: str | None = None
    ends_with: str | None = None
    must_contain: tuple[str, ...] = ()
    must_not_contain: tuple[str, ...] = ()
    exact: bool = False
    empty: bool | None = None
    unchanged: bool = False

    title: str | None = None
    authors: tuple[str, ...] | None = None
    published: str | None = None
    modified: str | None = None
    language: str | None = None
    site_name: str | None = None
    section: str | None = None
    canonical_url: str | None = None
    paywalled: bool | None = None
    page_type: str | None = None


METADATA_CLAIMS = (
    "title",
    "authors",
    "published",
    "modified",
    "language",
    "site_name",
    "section",
    "canonical_url",
    "paywalled",
    "page_type",
)
_TEXT_CLAIMS = ("starts_with", "ends_with", "must_contain", "must_not_contain", "empty")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One fixture: its folder, its claims, and the file that is cleaned."""

    folder: Path
    claims: Claims
    source: Path

    @property
    def name(self) -> str:
        """The folder's name, which is the case's id."""
        return self.folder.name

    @property
    def is_page(self) -> bool:
        """Whether the source goes through `clean_html` rather than `clean_text`."""
        return self.source.suffix.lower() in {".html", ".htm", ".xhtml"}

    @property
    def checks(self) -> tuple[str, ...]:
        """The names of what is checked, one test each: the claims made, then `expected.*`."""
        claims = self.claims
        made = [name for name in _TEXT_CLAIMS if getattr(claims, name) not in {None, ()}]
        made += [name for name in METADATA_CLAIMS if getattr(claims, name) is not None]
        made += [name for name in ("exact", "unchanged") if getattr(claims, name)]
        made += ["idempotent"] if not self.is_page else []
        if not claims.exact and (self.folder / EXPECTED_TEXT).is_file():
            made.append(EXPECTED_TEXT)
        if (self.folder / EXPECTED_DATA).is_file():
            made.append(EXPECTED_DATA)
        return tuple(made)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the cleaner made of a case: the source as text (for texts), the kept text, the data."""

    source_text: str
    text: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """One check of one case that does not hold; `difference` is for people, one line or a diff."""

    case: str
    check: str
    difference: str

    def __str__(self) -> str:
        return f"{self.case}: {self.check}\n{self.difference}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """What `accept_case` did: the failed claims that made it refuse, or the files it wrote."""

    failures: tuple[Failure, ...] = ()
    written: tuple[Path, ...] = ()


def find_cases(folder: Path) -> tuple[Case, ...]:
    """Every case under `folder` (its child folders that hold a `claims.toml`), by name.

    Raises:
        ConfigError: the folder is missing or holds no case, or a case is not as it should be.
    """
    if not folder.is_dir():
        raise ConfigError(f"{folder}: no such folder of fixtures; name one with --fixtures")
    cases = tuple(load_case(path.parent) for path in sorted(folder.glob(f"*/{CLAIMS}")))
    if not cases:
        raise ConfigError(f"{folder}: no fixture in it; a fixture is a folder with a {CLAIMS}")
    return cases


def load_case(folder: Path) -> Case:
    """The case in `folder`, its claims read and its source found.

    Raises:
        ConfigError: `claims.toml` is missing, unreadable or has an unknown key or a value of the
            wrong type, or the file it names is missing.
    """
    path = folder / CLAIMS
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path}: {error}") from error
    claims = _parse_claims(path, table)
    named = claims.page or claims.input
    names = (named,) if named else ("page.html", "input.txt")
    for name in names:
        for base in (folder, folder.resolve().parent.parent):
            if (base / name).is_file():
                return Case(folder=folder, claims=claims, source=base / name)
    raise ConfigError(f"{path}: no {' or '.join(names)}")


def _parse_claims(path: Path, table: Mapping[str, Any]) -> Claims:
    types = get_type_hints(Claims)
    known = {field.name for field in fields(Claims)}
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in known:
            raise ConfigError(f"{path}: unknown key {key!r}; known are {', '.join(sorted(known))}")
        if not _is_of_type(value, str(types[key])):
            raise ConfigError(f"{path}: {key} is of the wrong type")
        values[key] = tuple(value) if isinstance(value, list) else value
    return Claims(**values)


def _is_of_type(value: object, wanted: str) -> bool:
    """Whether a TOML value fits the annotation: strings in a list, a boolean, a string."""
    if isinstance(value, list):
        return "tuple" in wanted and all(isinstance(item, str) and item for item in value)
    if isinstance(value, bool):
        return "bool" in wanted
    return isinstance(value, str) and "str" in wanted and "tuple" not in wanted


def run_case(case: Case) -> Outcome:
    """What the cleaner makes of the case's source."""
    page = case.source.read_bytes()
    if case.is_page:
        claims = case.claims
        article = clean_html(page, url=claims.url, content_type=claims.content_type)
        return Outcome(source_text="", text=article.text, data=_page_data(article))
    text = page.decode("utf-8")
    cleaned = clean_text(text, lang=case.claims.lang or None)
    return Outcome(source_text=text, text=cleaned.text, data=_text_data(cleaned))


def _page_data(article: Article) -> dict[str, Any]:
    data = {name: getattr(article.metadata, name) for name in METADATA_CLAIMS}
    data["page_type"] = article.metadata.page_type.value
    data["authors"] = list(article.metadata.authors)
    return data


def _text_data(cleaned: CleanedText) -> dict[str, Any]:
    return {
        "capped": cleaned.capped,
        "removed": [[block.text, block.verdict.reason.value] for block in cleaned.removed],
    }


def check_case(case: Case, outcome: Outcome) -> tuple[Failure, ...]:
    """Every check of the case that does not hold, in the order of `Case.checks`."""
    found = ((check, check_field(case, outcome, check)) for check in case.checks)
    return tuple(
        Failure(case=case.name, check=check, difference=difference)
        for check, difference in found
        if difference
    )


def check_field(case: Case, outcome: Outcome, check: str) -> str:
    """What is wrong with one check of `Case.checks`, for people; empty where it holds."""
    claims, text = case.claims, outcome.text
    if check in METADATA_CLAIMS:
        compare = _compare_times if check in {"published", "modified"} else _compare_values
        return compare(getattr(claims, check), outcome.data[check])
    if check in _TEXT_CLAIMS:
        return _check_snippets(claims, text, check)
    if check == "unchanged":
        return _compare_texts(outcome.source_text, text)
    if check == "idempotent":
        return _compare_texts(text, clean_text(text, lang=claims.lang or None).text)
    if check == EXPECTED_DATA:
        wanted = (case.folder / EXPECTED_DATA).read_text("utf-8")
        return _compare_texts(wanted, _dump_data(outcome.data))
    return _compare_texts(_read_expected(case), text)


def _check_snippets(claims: Claims, text: str, check: str) -> str:
    if check == "must_contain":
        return _list_lines("missing", (s for s in claims.must_contain if s not in text))
    if check == "must_not_contain":
        return _list_lines("still there", (s for s in claims.must_not_contain if s in text))
    if check == "empty":
        return "" if (not text) == claims.empty else f"text of {len(text)} characters"
    return _compare_edge(getattr(claims, check), text, at_end=check == "ends_with")


def accept_case(case: Case, outcome: Outcome) -> Acceptance:
    """Writes `expected.*` from the outcome, or refuses because a claim fails.

    An `expected.txt` that is claimed to be `exact` is a claim itself: it is written when it does
    not exist yet, and never changed.
    """
    machine = {EXPECTED_TEXT, EXPECTED_DATA}
    if not (case.folder / EXPECTED_TEXT).is_file():
        machine.add("exact")
    failures = tuple(f for f in check_case(case, outcome) if f.check not in machine)
    if failures:
        return Acceptance(failures=failures)
    contents = {EXPECTED_TEXT: outcome.text, EXPECTED_DATA: _dump_data(outcome.data)}
    written = []
    for name, content in contents.items():
        path = case.folder / name
        if not path.is_file() or path.read_bytes() != content.encode():
            path.write_bytes(content.encode())
            written.append(path)
    return Acceptance(written=tuple(written))


def _read_expected(case: Case) -> str:
    path = case.folder / EXPECTED_TEXT
    return path.read_bytes().decode("utf-8") if path.is_file() else ""


def _dump_data(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _compare_texts(wanted: str, got: str) -> str:
    """A unified diff by lines, or nothing; a difference in line ends alone is shown escaped."""
    if wanted == got:
        return ""
    lines = list(
        unified_diff(wanted.split("\n"), got.split("\n"), "wanted", "got", lineterm="", n=1)
    )
    return "\n".join(lines) or f"wanted {wanted[-80:]!r}\ngot    {got[-80:]!r}"


def _compare_edge(wanted: str, text: str, *, at_end: bool) -> str:
    if text.endswith(wanted) if at_end else text.startswith(wanted):
        return ""
    edge = text[-len(wanted) :] if at_end else text[: len(wanted)]
    return f"wanted {wanted!r}\ngot    {edge!r}"


def _compare_values(wanted: Any, got: Any) -> str:
    given = list(wanted) if isinstance(wanted, tuple) else wanted
    return "" if given == got else f"wanted {given!r}\ngot    {got!r}"


def _compare_times(wanted: str, got: str) -> str:
    """Empty where both are the same date, or the same moment in whatever zone."""
    if wanted == got:
        return ""
    try:
        same = _read_time(wanted) == _read_time(got)
    except ValueError:
        same = False
    return "" if same else f"wanted {wanted!r}\ngot    {got!r}"


def _read_time(value: str) -> date | datetime:
    if len(value) == len("2026-01-31"):
        return date.fromisoformat(value)
    return datetime.fromisoformat(value)


def _list_lines(label: str, items: Any) -> str:
    return "\n".join(f"{label}: {item!r}" for item in items)
