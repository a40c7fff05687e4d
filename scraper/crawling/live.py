"""The live display of a crawl on a terminal: a few lines that are drawn anew."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from rich.console import Console
from rich.live import Live
from rich.table import Table
from rich.text import Text


def open_display(stream: TextIO) -> LiveDisplay | None:
    """A display on the stream, or None where that is no terminal."""
    console = Console(file=stream, stderr=True)
    return LiveDisplay(console) if console.is_terminal else None


class LiveDisplay:
    """Takes the last lines of a terminal until it is closed."""

    def __init__(self, console: Console) -> None:
        self._live = Live(console=console, transient=True, auto_refresh=False)
        self._live.start()

    def show(self, headline: str, details: Iterable[str]) -> None:
        """Draws the display anew."""
        table = Table.grid(padding=(0, 1))
        table.add_row(Text(headline, style="bold"))
        for row in details:
            table.add_row(Text(row, style="dim"))  # as text: a title is no markup
        self._live.update(table, refresh=True)

    def say(self, message: str) -> None:
        """Shows a line above the display, which stays."""
        self._live.console.print(message, markup=False, highlight=False)

    def close(self) -> None:
        """Takes the display away."""
        self._live.stop()
