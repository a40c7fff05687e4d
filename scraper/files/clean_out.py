"""Where `sanspub clean` writes: whole files, streams, and outputs that a later run takes up again.

Such an output has a hidden mark beside it, of its input and options. Without a mark that fits,
nothing is skipped, cut or appended to: the file may be anybody's. The mark stays when the output is
whole, so that an input that grew adds its new lines alone.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import IO, Any

from scraper.errors import OutputError, ScraperError
from scraper.files.clean_files import CleanOrder, Result
from scraper.records.lock import FileLock
from scraper.sources import open_file, read_file
from scraper.writers.base import DRAFT_ENDING, open_draft, refuse_write, write_whole

_ENDING = ".sanspub-mark"
# Bytes, unpacked, by which an input is known again: more than a record's own fields, and an input
# that grows keeps them.
_START_BYTES = 4_096
_FOREIGN = "is there without a mark that `sanspub clean` began it"
_WAY_OUT = "move it away, or name another --out"


def is_mark(path: Path) -> bool:
    """Whether a file is a mark or a draft, and so nothing to clean."""
    return path.name.endswith((_ENDING, DRAFT_ENDING))


def name_options(order: CleanOrder, *, keep_twins: bool) -> dict[str, str]:
    """The flags that change what comes out, as text; files of the user's by their content.

    Raises:
        OSError: such a file cannot be read.
    """
    files = {"--rules": order.rules, "--memory": (order.memory,) if order.memory else ()}
    return {
        "--field": order.field,
        "--lang": order.lang,
        "--format": str(order.shape),
        "--explain": str(order.explain),
        "--keep-twins": str(keep_twins),
        **{flag: " ".join(_digest(path.read_bytes()) for path in files[flag]) for flag in files},
    }


@contextmanager
def hold_output(out: Path) -> Iterator[None]:
    """Keeps an output that lines are appended to from any other run, which would double them.

    Raises:
        OutputError: another run holds it, or it cannot be written.
    """
    is_new = not out.exists()
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise refuse_write(out, error) from None
    with FileLock(out):
        try:
            yield
        except ScraperError:
            # Nothing came of a run that was refused; what others hold is never new and empty.
            if is_new and not out.stat().st_size:
                out.unlink()
            raise


def take_up(out: Path, source: Path, options: Mapping[str, str]) -> int:
    """How many lines of `source` an earlier run left in `out`, a torn last one cut away.

    An output that is not there or empty is marked as begun. Call it within `hold_output`.

    Raises:
        OutputError: `out` was not begun from this input with these options.
        ConfigError: `source` cannot be read.
    """
    place = _place_mark(out)
    if not out.exists() or not out.stat().st_size:
        start = _read_start(source, _START_BYTES)
        mark: dict[str, Any] = {
            "input": str(source.resolve()),
            "start_bytes": len(start),
            "start": _digest(start),
            "options": options,
        }
        write_whole(place, json.dumps(mark).encode())
        return 0
    mark = _read_mark(place)
    if not mark:
        raise OutputError(f"{out}: {_FOREIGN}: {_WAY_OUT}")
    if mark.get("input") != str(source.resolve()):
        raise OutputError(f"{out}: holds what came of {mark.get('input')}: {_WAY_OUT}")
    if mark.get("start") != _digest(_read_start(source, mark.get("start_bytes", 0))):
        raise OutputError(f"{out}: {source} begins otherwise than when it was begun: {_WAY_OUT}")
    _refuse_other_options(out, mark, options)
    return _count_lines(out)


def skip_lines(lines: Iterable[bytes], done: int, out: Path) -> Iterator[bytes]:
    """The lines after the first `done`, which are in `out` already.

    Raises:
        OutputError: there are not so many.
    """
    rest = iter(lines)
    found = sum(1 for _ in islice(rest, done))
    if found < done:
        raise OutputError(
            f"{out}: holds {done} lines and the input has only {found}; one of them was changed: "
            f"{_WAY_OUT}"
        )
    return rest


def take_up_folder(out: Path, options: Mapping[str, str], targets: Iterable[Path]) -> None:
    """Marks a folder of outputs as begun, or returns if an earlier run began it so.

    Raises:
        OutputError: it was begun with other options, or one of `targets` is there without a mark.
    """
    place = out / _ENDING
    if mark := _read_mark(place):
        _refuse_other_options(out, mark, options)
        return
    for target in targets if out.exists() else ():
        if target.exists():
            raise OutputError(f"{target}: {_FOREIGN}: {_WAY_OUT}")
    write_whole(place, json.dumps({"options": options}).encode())


def is_stream(out: Path) -> bool:
    """Whether an output is a device, a pipe or an open file, in which nothing can be replaced."""
    # `/dev/stdout` is a file where the shell sends it to one; `/dev/shm` holds plain files.
    folder = out.absolute().parent
    is_open = folder in {Path("/dev"), Path("/dev/fd")} or folder.is_relative_to("/proc")
    return is_open or (out.exists() and not out.is_file())


def write_results(results: Iterator[Result], out: Path, *, resumes: bool) -> None:
    """Writes a file whole or not at all, or appends where `resumes` says so, or to a stream.

    Raises:
        OutputError: it cannot be written.
    """
    # Renaming a file onto a device or a pipe would replace it.
    in_place = resumes or is_stream(out)
    try:
        with _open_appending(out) if in_place else open_draft(out) as file:
            for result in results:
                file.write(result.data)
                file.flush()
            if not in_place:
                _place_mark(out).unlink(missing_ok=True)
    except OSError as error:
        raise refuse_write(out, error) from None


def _open_appending(out: Path) -> IO[bytes]:
    out.parent.mkdir(parents=True, exist_ok=True)
    return out.open("ab")


def _place_mark(out: Path) -> Path:
    """Where the mark of an output is: beside the file that a link leads to, as its draft is."""
    real = Path(os.path.realpath(out))
    return real.with_name(f".{real.name}{_ENDING}")


def _refuse_other_options(out: Path, mark: Mapping[str, Any], options: Mapping[str, str]) -> None:
    known = mark.get("options", {})
    other = [flag for flag in options if known.get(flag) != options[flag]]
    if other:
        raise OutputError(
            f"{out}: was begun with another {' and '.join(other)}: give the same, {_WAY_OUT}"
        )


def _read_mark(place: Path) -> dict[str, Any]:
    """What a mark says; empty where there is none, or none as we write them."""
    try:
        mark = json.loads(place.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    is_ours = (
        isinstance(mark, dict)
        and isinstance(mark.get("options", {}), dict)
        and mark.get("start_bytes", 0) in range(_START_BYTES + 1)
    )
    return mark if is_ours else {}


def _read_start(source: Path, size: int) -> bytes:
    with open_file(source) as file:
        return read_file(source, file, size)


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()[:32]


def _count_lines(path: Path) -> int:
    """Whole lines of an output that an earlier run left; a torn last one is cut away."""
    count = whole = 0
    with path.open("r+b") as file:
        for line in file:
            if line.endswith(b"\n"):
                count += 1
                whole += len(line)
        file.truncate(whole)
    return count
