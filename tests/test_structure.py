"""The shape of the code base, checked: small modules, one door a library, one direction."""

from __future__ import annotations

import ast
import doctest
import importlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted(
    path for package in ("cleaners", "scraper") for path in (ROOT / package).rglob("*.py")
)
DOORS = {
    "aiohttp": ["scraper/fetching/transport.py"],
    # Two sides of one door: who asks, and the transport that answers in httpx's types.
    "httpx": ["scraper/fetch.py", "scraper/fetching/transport.py"],
    "selectolax": ["cleaners/dom.py"],
    "tenacity": ["scraper/retry.py"],
    "trafilatura": ["cleaners/witness.py"],
}
# What `cleaners` must not touch: network, processes, the environment, the clock.
FORBIDDEN_IN_CLEANERS = {
    "asyncio", "http", "httpx", "os", "requests", "scraper", "shutil", "socket", "sqlite3",
    "ssl", "subprocess", "tempfile", "time", "urllib.request",
}  # fmt: skip


def names(paths: list[Path]) -> list[str]:
    return [path.relative_to(ROOT).as_posix() for path in paths]


def imported_modules(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("path", MODULES, ids=names(MODULES))
def test_module_has_a_docstring_and_at_most_400_lines(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(source)), "a module begins with what it is for"
    assert len(source.splitlines()) <= 400, "split it by noun"


@pytest.mark.parametrize("path", MODULES, ids=names(MODULES))
def test_third_party_library_is_imported_only_at_its_door(path: Path) -> None:
    where = path.relative_to(ROOT).as_posix()
    for module in imported_modules(path):
        library = module.partition(".")[0]
        doors = DOORS.get(library, [where])
        assert where in doors, f"{library} is imported in {' and '.join(doors)} only"


@pytest.mark.parametrize(
    "path",
    [path for path in MODULES if path.is_relative_to(ROOT / "cleaners")],
    ids=lambda path: path.relative_to(ROOT).as_posix(),
)
def test_cleaner_module_does_no_io(path: Path) -> None:
    for module in imported_modules(path):
        assert module not in FORBIDDEN_IN_CLEANERS
        assert module.partition(".")[0] not in FORBIDDEN_IN_CLEANERS


@pytest.mark.parametrize("path", MODULES, ids=names(MODULES))
def test_examples_in_docstrings_hold(path: Path) -> None:
    if ">>> " not in path.read_text(encoding="utf-8"):
        return
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    assert doctest.testmod(importlib.import_module(name)).failed == 0


@pytest.mark.parametrize("package", ["cleaners", "scraper"])
def test_public_names_are_sorted_and_exist(package: str) -> None:
    module = importlib.import_module(package)
    exported = list(module.__all__)
    assert exported
    assert exported == sorted(exported)
    for name in exported:
        assert hasattr(module, name)


def run_python(code: str) -> str:
    """What a fresh interpreter says on standard error."""
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return ended.stderr.strip()


@pytest.mark.parametrize(
    ("module", "others"),
    [
        ("scraper.cleaning.worker_main", ("click", "scraper.commands.rules")),
        ("scraper.cleaning.worker", ("numpy", "cleaners")),
        ("scraper", ("asyncio", "click", "httpx", "cleaners")),
        ("scraper.commands.crawl", ("numpy", "selectolax", "trafilatura", "cleaners.page")),
        ("cleaners", ("numpy", "cleaners.page")),
    ],
)
def test_module_does_not_load_what_it_does_not_need(module: str, others: tuple[str, ...]) -> None:
    code = f"import sys, {module}; sys.exit(' '.join(n for n in {others!r} if n in sys.modules))"
    assert run_python(code) == ""


def test_public_errors_are_all_there_are() -> None:
    scraper, errors = importlib.import_module("scraper"), importlib.import_module("scraper.errors")
    for name, value in vars(errors).items():
        if isinstance(value, type) and issubclass(value, errors.ScraperError):
            assert getattr(scraper, name) is value
    assert set(scraper.__all__) <= set(dir(scraper))
    assert not hasattr(scraper, "nothing_of_the_kind")


def test_public_names_of_the_cleaner_are_all_at_home() -> None:
    cleaners = importlib.import_module("cleaners")
    for name in cleaners.__all__:
        assert getattr(cleaners, name).__name__ == name
    assert set(cleaners.__all__) <= set(dir(cleaners))
    assert not hasattr(cleaners, "nothing_of_the_kind")


def test_top_level_holds_only_what_was_agreed() -> None:
    agreed = {
        "CHANGELOG.md", "LICENSE", "README.md", "benchmarks", "cleaners", "docs", "examples",
        "fixtures", "pyproject.toml", "run", "scraper", "seeds", "tests",
    }  # fmt: skip
    found = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    built = {"build", "dist", "out", "htmlcov", "sanspub.egg-info", "sanspub-demo"}
    assert found - built <= agreed


def test_architecture_lists_every_module_as_it_describes_itself() -> None:
    listed = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    for path, name in zip(MODULES, names(MODULES), strict=True):
        docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        assert f"- `{name}`: {docstring.splitlines()[0]}\n" in listed
