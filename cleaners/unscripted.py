"""Page bytes in, document and cut out: those of the page without scripts where only that has text.

Forums and blogs that draw their text by script carry it a second time in a `<noscript>`. Read as
scripts make it, such a page is empty but for a menu, so there the `<noscript>` is read as a `<div>`
that stands in its place.
"""

from __future__ import annotations

from collections.abc import Iterable

from cleaners.cut import cut_blocks
from cleaners.cutting.columns import Cut
from cleaners.dom import Document, parse_html
from cleaners.errors import PageTooComplex
from cleaners.evidence import TAG

# Paragraphs that a `<noscript>` with a story in it has at least: others hold pictures and styles.
_LEAST_PARAGRAPHS = 3
# How many times the characters that a page shows it holds at least. Of 4,267 labelled pages 20 have
# such a one, from 3.9 times on; of the others that hold paragraphs the next has .75.
_TIMES = 2
# Characters of a start tag, and of an end tag with white space, looked for around its text.
_START_CHARS, _END_CHARS = 300, 20
_START, _END = b"<noscript", b"</noscript"


def cut_page(data: bytes, *, with_markup: bool = False) -> tuple[Document, Cut]:
    """The document of a page in UTF-8, and what it is cut into.

    Raises:
        PageTooComplex: its markup is beyond any real page.
    """
    document = parse_html(data)
    cut = cut_blocks(document, with_markup=with_markup)
    opened = _open_noscripts(data, cut)
    if opened is None:
        return document, cut
    try:
        document = parse_html(opened)
    except PageTooComplex:
        return document, cut
    return document, cut_blocks(document, with_markup=with_markup)


def _open_noscripts(data: bytes, cut: Cut) -> bytes | None:
    """The page with those of its `<noscript>` opened that tell much more than it shows."""
    hidden = [raw for raw in cut.noscripts if raw.lower().count("<p") >= _LEAST_PARAGRAPHS]
    if not hidden:
        return None
    least = _TIMES * sum(map(len, cut.texts))
    if sum(map(len, hidden)) < least:
        return None
    said = sum(len(" ".join(TAG.sub(" ", raw).split())) for raw in hidden)
    return _open_places(data, hidden) if said >= least else None


def _open_places(data: bytes, hidden: Iterable[str]) -> bytes | None:
    """The page with these contents of `<noscript>`, in order, in a `<div>` each."""
    # The parser reads all line ends so (WHATWG HTML section 13.2.3.5).
    data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    pieces: list[bytes] = []
    done = 0
    for raw in hidden:
        inside = raw.encode()
        start = data.find(inside, done)
        if start < 0:
            break
        end = start + len(inside)
        before = data[max(done, start - _START_CHARS) : start].lower()
        opens = before.rfind(_START)
        closes = data.find(b">", end, end + _END_CHARS)
        if opens < 0 or closes < 0 or not data[end:closes].lower().startswith(_END):
            continue
        pieces += (data[done : start - len(before) + opens], b"<div>", inside, b"</div>")
        done = closes + 1
    return b"".join([*pieces, data[done:]]) if pieces else None
