"""List items in, numbered and plain lists nested as their levels say out, in Markdown or HTML.

Only how levels compare counts: a deeper item stands in a list of the one before it, however much
deeper it is, and the first stands in the outermost list.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cleaners.article import Block

Write = Callable[[Block], str]

# Spaces. Four nest a list in every Markdown, also below `1. ` and in those before CommonMark.
_INDENT = 4
_OTHER_SIGN = {".": ")", ")": "."}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    """The last item of an open list; `indent` is where its mark stands, in spaces."""

    level: int
    number: int | None
    unit: int
    indent: int = 0
    sign: str = "."

    @property
    def mark(self) -> str:
        return "- " if self.number is None else f"{self.number}{self.sign} "

    @property
    def tag(self) -> str:
        return "ul" if self.number is None else "ol"

    def goes_on(self, block: Block) -> bool:
        """Whether a block of the same level is a further paragraph of this item."""
        return self.unit != 0 and block.unit == self.unit

    def ends_list(self, block: Block) -> bool:
        """Whether another item of the same level begins a list: of another sort, or anew."""
        if self.number is None or block.number is None:
            return self.number is not block.number
        return block.number <= self.number


def write_markdown_list(blocks: Sequence[Block], write: Write) -> str:
    """The items as CommonMark lists; `write` gives the lines of one.

    A blank line parts lists of two sorts, and goes before a number that could not interrupt a
    paragraph (CommonMark 0.31.2, section 5.3). Of two numbered lists in a row the second has other
    signs, which part them.
    """
    lines: list[str] = []
    open_items: list[_Item] = []
    for block in blocks:
        ended = None
        while open_items and open_items[-1].level > block.level:
            ended = open_items.pop()
        around = open_items[-1] if open_items else None
        if around is not None and around.level == block.level:
            if around.goes_on(block):
                within = " " * (around.indent + len(around.mark))
                lines += ("", within + _indent(write(block), within))
                continue
            open_items.pop()
            is_apart = around.ends_list(block)
            item = _Item(
                level=block.level,
                number=block.number,
                unit=block.unit,
                indent=around.indent,
                sign=_OTHER_SIGN[around.sign] if is_apart else around.sign,
            )
        else:
            indent = around.indent + max(_INDENT, len(around.mark)) if around else 0
            # A list that stood deeper, in an item without text of its own, may end here.
            follows = ended is not None and ended.indent == indent and block.number is not None
            item = _Item(
                level=block.level,
                number=block.number,
                unit=block.unit,
                indent=indent,
                sign=_OTHER_SIGN[ended.sign] if ended is not None and follows else ".",
            )
            is_apart = follows or (around is not None and item.number not in {None, 1})
        if is_apart:
            lines.append("")
        within = " " * (item.indent + len(item.mark))
        lines.append(" " * item.indent + item.mark + _indent(write(block), within))
        open_items.append(item)
    return "\n".join(lines)


def _indent(written: str, by: str) -> str:
    """The lines after the first moved to where the first begins."""
    return written.replace("\n", "\n" + by)


def write_html_list(blocks: Sequence[Block], write: Write) -> str:
    """The items as `<ul>` and `<ol>`; `write` gives the content of one."""
    parts: list[str] = []
    open_items: list[_Item] = []

    def close() -> None:
        parts.append(f"</li></{open_items.pop().tag}>")

    for block in blocks:
        while open_items and open_items[-1].level > block.level:
            close()
        item = _Item(level=block.level, number=block.number, unit=block.unit)
        before = open_items[-1] if open_items and open_items[-1].level == block.level else None
        if before is not None and before.goes_on(block):
            parts.append(f"<p>{write(block)}</p>")
            continue
        if before is not None and not before.ends_list(block):
            parts.append("</li>")
            open_items.pop()
            is_next = item.number is None or before.number == item.number - 1
            parts.append("<li>" if is_next else f'<li value="{item.number}">')
        else:
            if before is not None:
                close()
            start = "" if item.number in {None, 1} else f' start="{item.number}"'
            parts.append(f"<{item.tag}{start}><li>")
        parts.append(write(block))
        open_items.append(item)
    while open_items:
        close()
    return "".join(parts)
