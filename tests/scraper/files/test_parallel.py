"""Several processes give what one does, and none outlives the program that began them."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from scraper.errors import ConfigError
from scraper.files.parallel import map_ordered

ROOT = Path(__file__).resolve().parents[3]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and pipes of Unix")


def damaged(count: int) -> Iterator[int]:
    yield from range(count)
    raise ConfigError("a.gz: cannot be read")


@pytest.mark.parametrize("workers", [1, 2])
def test_source_that_fails_loses_nothing_of_what_came_before(workers: int) -> None:
    answers = map_ordered(pow, damaged(5), 2, workers=workers)
    assert [next(answers) for _ in range(5)] == [0, 1, 4, 9, 16]
    with pytest.raises(ConfigError, match="cannot be read"):
        next(answers)


PROGRAM = """
import os, sys, time
from scraper.files.parallel import map_ordered
def linger(number, order):
    os.write(1, b"begun ")
    time.sleep(order)
if __name__ == "__main__":
    for _ in map_ordered(linger, range(2), 60, workers=2): pass
"""


def start_program(folder: Path) -> subprocess.Popen[bytes]:
    """A program with two workers; its output ends when all three of them have."""
    (folder / "program.py").write_text(PROGRAM)
    return subprocess.Popen(
        [sys.executable, "program.py"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def test_workers_end_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    with start_program(tmp_path) as program:
        assert program.stdout is not None
        try:
            os.read(program.stdout.fileno(), 5)
            program.kill()
            while select.select([program.stdout], [], [], 20)[0]:
                if not os.read(program.stdout.fileno(), 100):
                    return
            pytest.fail("a worker outlives its parent")
        finally:
            _end_group(program.pid)


def test_processes_that_start_show_no_traceback_of_an_interrupt(tmp_path: Path) -> None:
    (tmp_path / "program.py").write_text(
        "import os, sys\n"
        "from scraper.files.parallel import map_ordered\n"
        "if __name__ != '__main__':\n"
        "    os.kill(os.getpid(), 2)\n"  # while the worker starts, before its first item
        "if __name__ == '__main__':\n"
        "    print(list(map_ordered(pow, range(3), 2, workers=2)))\n"
    )
    ended = subprocess.run(
        [sys.executable, "program.py"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (ended.stdout, ended.stderr) == ("[0, 1, 4]\n", "")


def _end_group(group: int) -> None:
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        return
