"""Document in, columns of blocks and of the containers they stand in out, in one walk.

A block is the text between two block-level boundaries: the start or end of a container, or two
line breaks in a row. Inline elements run on; one `<br>` is a newline inside the block. Containers
are numbered in document order, so the containers inside container `c` are `c + 1 .. ends[c]`.

Hidden parts, navigation and the rest are cut like everything else and only marked: leaving them
out here costs articles whose body carries a wrong mark (0.8 points of reachable word F1 on 1,873
news pages).
"""

from __future__ import annotations

from array import array
from collections.abc import Callable
from dataclasses import dataclass, field

from cleaners.article import Span
from cleaners.dom import Document, Node
from cleaners.markup import SpanReader
from cleaners.tags import (
    BIT,
    BODY_BIT,
    BREAK,
    CONTAINER,
    HIDDEN_BIT,
    INLINE,
    KNOWN_TAGS,
    SORT,
    SORTS,
    TEXT,
    TagTable,
    tag_table,
)

_SORT_BITS = tuple(BIT.get(name, 0) for name in SORTS)
_PRE = SORT["pre"]

TIME_MARK, IMAGE_MARK = 1, 2
_INNER_NAMES = ("class", "id", "itemprop", "rel")


def _column(*values: int) -> Callable[[], array[int]]:
    """Makes a column of numbers that numpy reads where it stands, without a copy."""
    return lambda: array("q", values)


@dataclass(slots=True, kw_only=True)
class Cut:
    """The columns. Container 0 is `<body>`; every block knows its nearest container.

    Containers: `parents` (-1 for body), `sorts` (index into `tags.SORTS`), `keys` (class, id, role
    and itemprop as one string), `numbers` (of the key in `names`), `bits` (what they and their
    ancestors are), `depths`, `ends` (the last container inside).

    Blocks, in document order: `homes` (the container), `texts` (white space collapsed, never
    empty), `link_chars`, `link_counts`, `strong_chars` (before collapsing), `marks` (TIME_MARK,
    IMAGE_MARK), `inner_keys` (class and the like of the inline element that opens the block, or
    empty), `inner_numbers` (of that in `names`), `spans` (links and emphasis, where asked for; else
    the list is empty).

    `names` numbers the distinct keys of both in the order met.
    """

    parents: array[int] = field(default_factory=_column(-1))
    sorts: array[int] = field(default_factory=_column(SORT["body"]))
    keys: list[str] = field(default_factory=lambda: [""])
    numbers: array[int] = field(default_factory=_column(0))
    names: dict[str, int] = field(default_factory=lambda: {"": 0})
    bits: array[int] = field(default_factory=_column(0))
    depths: array[int] = field(default_factory=_column(0))
    ends: array[int] = field(default_factory=_column(0))
    homes: array[int] = field(default_factory=_column())
    texts: list[str] = field(default_factory=list)
    link_chars: array[int] = field(default_factory=_column())
    link_counts: array[int] = field(default_factory=_column())
    strong_chars: array[int] = field(default_factory=_column())
    marks: array[int] = field(default_factory=_column())
    inner_keys: list[str] = field(default_factory=list)
    inner_numbers: array[int] = field(default_factory=_column())
    spans: list[tuple[Span, ...]] = field(default_factory=list)


def cut_blocks(document: Document, *, with_markup: bool = False) -> Cut:
    """Every piece of shown text of the document, in order, with where it stands.

    `with_markup` asks for spans: links, emphasis and code inside blocks. A document
    without text gives a cut without blocks.
    """
    body = document.body
    if body is None:
        return Cut()
    walk = _Walk(tag_table(), SpanReader() if with_markup else None)
    walk.run(body)
    return walk.cut


class _Walk:
    """One pass over the tree. The stack is explicit, so depth costs memory and nothing else."""

    def __init__(self, table: TagTable, spans: SpanReader | None) -> None:
        self.table = table
        self.spans = spans
        self.cut = Cut()
        self.parts: list[str] = []
        self.link_chars = 0
        self.link_count = 0
        self.strong_chars = 0
        self.mark = 0
        self.inner_key = ""

    # One loop, not a method a node: calls would double the cost of the walk.
    def run(self, body: Node) -> None:  # noqa: C901, PLR0912, PLR0915
        """Fill the columns from the children of `body`."""
        roles, link, strong = self.table.roles, self.table.link, self.table.strong
        time, image = self.table.time, self.table.image
        parts, spans = self.parts, self.spans
        # What to return to: next node, container, in a link, in strong, whether a container ends.
        stack: list[tuple[Node | None, int, bool, bool, bool]] = []
        node = body.first_child
        home, in_link, in_strong, breaks = 0, False, False, 0
        # Whether anything of the running block is noted yet: most containers begin and end without.
        is_open = False
        while True:
            while node is None:
                if not stack:
                    self.end_block(home)
                    self.cut.ends[0] = len(self.cut.parents) - 1
                    return
                node, outer, in_link, in_strong, is_container = stack.pop()
                if is_container:
                    if is_open:
                        self.end_block(home)
                        is_open = False
                    self.cut.ends[home] = len(self.cut.parents) - 1
                    breaks = 0
                elif spans:
                    spans.leave(len(parts))
                home = outer
            number = node.tag_id
            role = roles[number] if number < KNOWN_TAGS else CONTAINER
            if role == TEXT:
                text = node.text_content
                if text:
                    if text.isspace():
                        if parts:
                            parts.append(text)
                    else:
                        parts.append(text)
                        is_open = True
                        breaks = 0
                        if in_link:
                            self.link_chars += len(text)
                        if in_strong:
                            self.strong_chars += len(text)
            elif role == INLINE:
                if number == image:
                    self.mark |= IMAGE_MARK
                    is_open = True
                elif (child := node.first_child) is not None:
                    stack.append((node.next, home, in_link, in_strong, False))
                    is_open = True
                    if not parts and not self.inner_key:
                        self.note_inline(node)
                    if spans:
                        href = node.attributes.get("href") if number == link else ""
                        spans.enter(self.table.names[number], href or "", len(parts))
                    if number == link:
                        self.link_count += 1
                        in_link = True
                    elif number in strong:
                        in_strong = True
                    elif number == time:
                        self.mark |= TIME_MARK
                    node = child
                    continue
            elif role == CONTAINER:
                if is_open:
                    self.end_block(home)
                    is_open = False
                breaks = 0
                child = node.first_child
                if child is not None:
                    stack.append((node.next, home, in_link, in_strong, True))
                    home = self.open_container(node, number, home)
                    node = child
                    continue
            elif role == BREAK:
                breaks += 1
                if breaks > 1:
                    self.end_block(home)
                elif parts:
                    parts.append("\n")
            node = node.next

    def open_container(self, node: Node, number: int, home: int) -> int:
        """The number of the container that begins at `node`."""
        cut = self.cut
        sort = self.table.sorts[number] if number < KNOWN_TAGS else 0
        bits = cut.bits[home] | _SORT_BITS[sort]
        key = ""
        attributes = node.attributes
        if attributes:
            key, mark = _read_attributes(attributes)
            bits |= mark
        index = len(cut.parents)
        cut.parents.append(home)
        cut.sorts.append(sort)
        cut.keys.append(key)
        cut.numbers.append(cut.names.setdefault(key, len(cut.names)))
        cut.bits.append(bits)
        cut.depths.append(cut.depths[home] + 1)
        cut.ends.append(index)
        return index

    def note_inline(self, node: Node) -> None:
        """Remember what the inline element at the start of a block calls itself."""
        attributes = node.attributes
        if attributes:
            self.inner_key = " ".join(filter(None, map(attributes.get, _INNER_NAMES)))

    def end_block(self, home: int) -> None:
        """Close the running block, if it holds any text, as one of container `home`."""
        cut = self.cut
        if self.parts:
            joined = "".join(self.parts)
            text = joined.strip("\n") if cut.sorts[home] == _PRE else " ".join(joined.split())
            if text and not text.isspace():
                cut.homes.append(home)
                cut.texts.append(text)
                cut.link_chars.append(self.link_chars)
                cut.link_counts.append(self.link_count)
                cut.strong_chars.append(self.strong_chars)
                cut.marks.append(self.mark)
                cut.inner_keys.append(self.inner_key)
                cut.inner_numbers.append(cut.names.setdefault(self.inner_key, len(cut.names)))
            if self.spans:
                found = self.spans.end_block(self.parts, text)
                if text and not text.isspace():
                    cut.spans.append(found if cut.sorts[home] != _PRE else ())
            self.parts.clear()
            self.link_chars = self.strong_chars = 0
        self.link_count = self.mark = 0
        self.inner_key = ""


def _read_attributes(attributes: dict[str, str | None]) -> tuple[str, int]:
    """A container's key, and the bits its attributes set."""
    bits = 0
    names = [attributes.get("class") or "", attributes.get("id") or ""]
    if len(attributes) == 1 and names[0]:
        return names[0], 0
    role = attributes.get("role")
    if role:
        names.append("role_" + role)
    itemprop = attributes.get("itemprop")
    if itemprop:
        names.append("ip_" + itemprop)
        if itemprop == "articleBody":
            bits |= BODY_BIT
    style = attributes.get("style")
    if (
        "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or (style and "display:none" in style.replace(" ", ""))
    ):
        bits |= HIDDEN_BIT
    return " ".join(filter(None, names)), bits
