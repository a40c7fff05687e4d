"""The files of a folder that `sanspub clean` takes, and where each of them goes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from scraper.errors import ConfigError
from scraper.files.clean_files import Shape
from scraper.files.clean_out import is_mark
from scraper.sources import PACKED, Source, name_source

_ENDINGS = {Shape.TEXT: ".txt", Shape.MARKDOWN: ".md", Shape.HTML: ".html", Shape.JSON: ".json"}
OnProblem = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What a file holds, and where what comes of it goes."""

    kind: Source
    target: Path


def list_files(folder: Path, on_problem: OnProblem) -> list[Path]:
    """The files of a folder and of those in it, in order; what cannot be read is told."""

    def tell(error: OSError) -> None:
        on_problem(f"{error.filename}: cannot be read ({error.strerror})")

    found = []
    for where, _, names in os.walk(folder, onerror=tell):
        for path in (Path(where, name) for name in names):
            try:
                is_wanted = path.is_file() and not is_mark(path)
            except OSError as error:  # a folder that may be listed and not entered
                tell(error)
                continue
            if is_wanted:
                found.append(path)
    return sorted(found)


def name_places(
    paths: Iterable[Path], folder: Path, out: Path, shape: Shape, on_problem: OnProblem
) -> dict[Path, Place]:
    """The place of each file under `out`, each of its own; files that cannot be read are told.

    What keeps its name comes first. Of the others the first gets the name without the ending of its
    compression, or with that of its shape, and the next one more ending.
    """
    kinds: dict[Path, Source] = {}
    for path in paths:
        try:
            kinds[path] = name_source(path)
        except ConfigError as error:
            on_problem(str(error))
    taken = {path for path in kinds if _name_target(path, kinds[path], shape) == path}
    targets = {path: path for path in taken}
    for path, kind in kinds.items():
        if path not in targets:
            targets[path] = _choose_free(path, kind, shape, taken)
            taken.add(targets[path])
    return {
        path: Place(kind=kind, target=out / targets[path].relative_to(folder))
        for path, kind in kinds.items()
    }


def _choose_free(path: Path, kind: Source, shape: Shape, taken: set[Path]) -> Path:
    target = _name_target(path, kind, shape)
    endings = {Source.HTML: _ENDINGS[shape], Source.TEXT: ".txt"}
    ending = endings.get(kind, ".jsonl")
    while target in taken:
        longer = path if len(target.name) < len(path.name) else target
        target = longer.with_name(longer.name + ending)
    return target


def _name_target(path: Path, kind: Source, shape: Shape) -> Path:
    """What comes of a file, as if it stood beside it."""
    if kind is Source.HTML:
        return path.with_name(path.name + _ENDINGS[shape])
    if kind is Source.WARC:
        return path.with_name(path.name + ".jsonl")
    # What is written is not compressed, and its name says so.
    return path.with_suffix("") if path.suffix.lower() in PACKED else path
