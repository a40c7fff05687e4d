"""Kept blocks -> text, Markdown or HTML, in document order.

Only blocks whose verdict keeps them are rendered. Neighbouring list items become one list, and the
blocks of a quotation or table one of these. Cells of a table row are separated by a tab in the text
of a block.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, groupby

from cleaners.article import Block, Kind, Span
from cleaners.output.inline import is_safe_href, render_inline, split_spans
from cleaners.output.lists import write_html_list, write_markdown_list
from cleaners.output.markdown import escape_text, write_inline, write_line

CELL_SEPARATOR = "\t"

_GROUPED = frozenset({Kind.LIST_ITEM, Kind.QUOTATION, Kind.EMBED, Kind.TABLE_ROW})
_HTML_TAGS = {"b": "strong", "i": "em", "code": "code"}


def render_text(blocks: Iterable[Block]) -> str:
    """The kept blocks' text, one line a block, more where the page ends lines inside it."""
    return "\n".join([block.text for block in blocks if block.verdict.keep])


def render_markdown(blocks: Iterable[Block]) -> str:
    """The kept blocks as CommonMark, with pipe tables."""
    return "\n\n".join(_markdown_group(kind, group) for kind, group in _kept_groups(blocks))


def render_html(blocks: Iterable[Block]) -> str:
    """The kept blocks as an HTML fragment: one `<article>`, one element a line.

    Text is escaped; links keep only web and mail addresses.
    """
    body = "\n".join(_html_group(kind, group) for kind, group in _kept_groups(blocks))
    return f"<article>\n{body}\n</article>" if body else ""


def _kept_groups(blocks: Iterable[Block]) -> list[tuple[Kind, list[Block]]]:
    """Runs of neighbouring kept blocks of a kind that is rendered together; others alone."""
    kept = (block for block in blocks if block.verdict.keep)
    return [
        (group[0].kind, group)
        for _, run in groupby(kept, key=_name_group)
        for group in _split_run(list(run))
    ]


def _name_group(block: Block) -> tuple[Kind, int]:
    return block.kind, 0 if block.kind is Kind.LIST_ITEM else block.unit


def _split_run(run: list[Block]) -> list[list[Block]]:
    return [run] if run[0].kind in _GROUPED else [[block] for block in run]


def _markdown_group(kind: Kind, group: Sequence[Block]) -> str:
    first = group[0]
    match kind:
        case Kind.HEADING | Kind.TITLE:
            level = min(max(first.level, 1), 6)
            rendered = "#" * level + " " + write_line(first.text, first.spans)
        case Kind.LIST_ITEM:
            rendered = write_markdown_list(group, _write_lines)
        case Kind.QUOTATION | Kind.EMBED:
            rendered = "\n>\n".join(
                "> " + _write_lines(block).replace("\n", "\n> ") for block in group
            )
        case Kind.PREFORMATTED:
            runs = [len(run) for run in re.findall("`+", first.text)]
            fence = "`" * max(3, 1 + max(runs, default=0))
            rendered = f"{fence}\n{first.text}\n{fence}"
        case Kind.TABLE_ROW:
            rendered = _markdown_table(group)
        case Kind.CAPTION | Kind.CREDIT:
            rendered = "*" + escape_text(first.text.strip()) + "*"
        case _:
            rendered = _write_lines(first)
    return rendered


def _write_lines(block: Block) -> str:
    """A block's text with marks where lines end: two spaces, which every Markdown reads."""
    return write_inline(block.text, block.spans).replace("\n", "  \n")


def _markdown_table(group: Sequence[Block]) -> str:
    """A pipe table; the first row is its header, because Markdown has no table without one."""
    rows = [[_write_cell(cell) for cell in _split_row(block)] for block in group]
    width = max(map(len, rows))
    lines = ["| " + " | ".join(_pad(row, width)) + " |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])


def _write_cell(cell: Block) -> str:
    return write_line(cell.text, cell.spans).strip().replace("|", "\\|")


def _split_row(row: Block) -> Iterator[Block]:
    """The cells of a row as blocks."""
    texts = row.text.split(CELL_SEPARATOR)
    sizes = (len(text) + len(CELL_SEPARATOR) for text in texts)
    starts = accumulate(sizes, initial=0)
    pieces = [(start, start + len(text)) for start, text in zip(starts, texts, strict=False)]
    for text, spans in zip(texts, split_spans(row.spans, pieces), strict=True):
        yield replace(row, text=text, spans=spans)


def _pad(row: list[str], width: int) -> list[str]:
    return row + [""] * (width - len(row))


def _html_group(kind: Kind, group: Sequence[Block]) -> str:
    first = group[0]
    match kind:
        case Kind.HEADING | Kind.TITLE:
            level = min(max(first.level, 1), 6)
            rendered = f"<h{level}>{_html_inline(first)}</h{level}>"
        case Kind.LIST_ITEM:
            rendered = write_html_list(group, _html_inline)
        case Kind.QUOTATION | Kind.EMBED:
            rendered = "<blockquote>" + "".join(map(_html_paragraph, group)) + "</blockquote>"
        case Kind.PREFORMATTED:
            text = render_inline(first.text, first.spans, escape=_html_text, wrap=_html_wrap)
            rendered = f"<pre>{text}</pre>"
        case Kind.TABLE_ROW:
            rendered = "<table>" + "".join(map(_html_row, group)) + "</table>"
        case Kind.CAPTION | Kind.CREDIT:
            rendered = f'<p class="{kind}">{_html_inline(first)}</p>'
        case _:
            rendered = _html_paragraph(first)
    return rendered


def _html_row(block: Block) -> str:
    cells = "".join(f"<td>{_html_inline(cell)}</td>" for cell in _split_row(block))
    return f"<tr>{cells}</tr>"


def _html_paragraph(block: Block) -> str:
    return f"<p>{_html_inline(block)}</p>"


def _html_inline(block: Block) -> str:
    return render_inline(block.text, block.spans, escape=_html_lines, wrap=_html_wrap)


def _html_wrap(span: Span, content: str) -> str:
    if span.markup == "a":
        if not is_safe_href(span.href):
            return content
        return f'<a href="{html.escape(span.href.strip())}">{content}</a>'
    tag = _HTML_TAGS.get(span.markup)
    return f"<{tag}>{content}</{tag}>" if tag else content


def _html_lines(text: str) -> str:
    return _html_text(text).replace("\n", "<br>")


def _html_text(text: str) -> str:
    return html.escape(text, quote=False)
