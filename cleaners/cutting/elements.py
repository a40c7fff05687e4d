"""Elements met on the walk in, what the cutter notes of them out: names, marks, what they are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cleaners.cutting.keys import OWN_ID
from cleaners.cutting.tags import (
    BODY_BIT,
    CONTAINER,
    DIALOG_BIT,
    HIDDEN_BIT,
    INLINE,
    KNOWN_TAGS,
    NEWS_BIT,
    SKIP,
    Role,
)
from cleaners.dom import TEXT_TAG, Node
from cleaners.words.sentences import is_question

NEWS_TYPE = "NewsArticle"
"""The schema.org type, as JSON-LD and as microdata name it."""
# What attributes may say of a container, or of the inline element that opens a block, beyond its
# class.
_TELLING = frozenset(
    ("role", "itemprop", "itemtype", "style", "hidden", "aria-hidden", "aria-modal")
)
NOTED = _TELLING | {"id", "colspan", "rowspan"}
"""The attributes of containers that the cutter reads beyond the class; most have none."""
# Roles of what opens over a page (WAI-ARIA 1.2).
_DIALOGS = frozenset(("dialog", "alertdialog"))
_DIGIT = re.compile(r"\d")
# Characters of markup: less holds a picture.
_LEAST_MARKUP = 500
_INNER_NAMES = ("id", "itemprop", "rel")
_INNER_SET = frozenset(_INNER_NAMES)
_SPAN_DIGITS = 4
# Words of a button at least that is a question or a heading of what it opens, and what says that
# it opens something (WAI-ARIA 1.2; the others are Bootstrap's).
_ASKING_WORDS, _OPENING_WORDS = 2, 3
_OPENING_NAMES = frozenset(
    ("aria-expanded", "aria-controls", "data-toggle", "data-bs-toggle", "data-target")
)
# lexbor's number of comments (LXB_TAG__EM_COMMENT).
_COMMENT_TAG = 4
# Siblings looked at on either side of an element for text that runs on into it, what of them is
# passed over, and nodes that such an element holds at most.
_REACH, _PASSED, _MOST_INSIDE = 4, frozenset((INLINE, SKIP)), 100
_NO_ELEMENTS, _SIGNS = frozenset((TEXT_TAG, _COMMENT_TAG)), {"mfrac": "/", "msup": "^"}
# A raised number, and what stands before one that is cents or minutes.
_RAISED, _CENTS = re.compile(r"[-+\u2212]?\d+"), 2
_PRICE = re.compile(r"[$\u20ac\xa3\xa5] ?[\d.,]+$")
_SHADOW, _STREAMED = frozenset(("shadowrootmode", "shadowroot")), frozenset("BP")


def read_attributes(attributes: dict[str, str | None], *, is_line: bool = False) -> tuple[str, int]:
    """A container's key, and the bits its attributes set.

    The id of what `is_line` (a paragraph, heading, item or cell) is an anchor, and so is a numbered
    one: no two elements marked up alike have it in common.
    """
    key, number = attributes.get("class") or "", attributes.get("id")
    if number:
        is_own = is_line or _DIGIT.search(number) is not None
        key = f"{key}{OWN_ID if is_own else ' '}{number}".removeprefix(" ")
    if _TELLING.isdisjoint(attributes):
        return key, 0
    names = [key] if key else []
    bits = 0
    role = attributes.get("role")
    if role:
        names.append("role_" + role)
    itemprop = attributes.get("itemprop")
    if itemprop:
        names.append("ip_" + itemprop)
        if itemprop == "articleBody":
            bits |= BODY_BIT
    if NEWS_TYPE in (attributes.get("itemtype") or ""):
        bits |= NEWS_BIT
    if role in _DIALOGS or attributes.get("aria-modal") == "true":
        bits |= DIALOG_BIT
    style = attributes.get("style")
    # Of a panel that says only that another tab is open.
    if role != "tabpanel" and (
        "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or (style and "display:none" in style.replace(" ", ""))
    ):
        bits |= HIDDEN_BIT
    return " ".join(names), bits


def read_cell_spans(attributes: dict[str, str | None]) -> tuple[int, int] | None:
    """How many columns and rows a cell covers, where that is more than one each."""
    wide, high = (
        int(said) if said.isdecimal() and len(said) <= _SPAN_DIGITS else 1
        for said in (attributes.get(name) or "" for name in ("colspan", "rowspan"))
    )
    return (max(1, wide), max(1, high)) if wide > 1 or high > 1 else None


def read_json(script: Node) -> list[str]:
    """The text of a script, as the only one, where it is JSON-LD."""
    text = script.first_child
    if text is None or "ld+json" not in (script.attributes.get("type") or "").lower():
        return []
    return [text.text_content or ""]


def read_noscript(noscript: Node) -> list[str]:
    """The markup in a `<noscript>`, as the only one, where it is long enough to tell something."""
    inside = noscript.first_child
    markup = (inside.text_content or "") if inside is not None else ""
    return [markup] if len(markup) >= _LEAST_MARKUP else []


def judge_unknown(node: Node, roles: Sequence[Role]) -> Role:
    """What an element is that HTML does not know: INLINE in the midst of text, else CONTAINER.

    Browsers show such elements inline unless the page says otherwise, as most pages do of those
    that text does not run on into.
    """
    for _ in range(_REACH):
        around = node.parent
        if around is None or around.tag_id < KNOWN_TAGS or node.prev or node.next:
            break
        # What is alone in another such element is what that one is.
        node = around
    if not (_meets_text(node, "prev", roles) or _meets_text(node, "next", roles)):
        return CONTAINER
    seen = 0
    later = [node.first_child]
    while later:
        child = later.pop()
        while child is not None:
            seen += 1
            number = child.tag_id
            if number >= KNOWN_TAGS:
                later.append(child.first_child)
            elif roles[number] is CONTAINER:
                return CONTAINER
            if seen > _MOST_INSIDE:
                return CONTAINER
            child = child.next
    return INLINE


def _meets_text(node: Node, direction: str, roles: Sequence[Role]) -> bool:
    """Whether text stands beside a node, with nothing between but comments and inline elements."""
    beside: Node | None = node
    for _ in range(_REACH):
        beside = getattr(beside, direction)
        if beside is None:
            return False
        number = beside.tag_id
        if number == TEXT_TAG:
            if not beside.is_empty_text_node:
                return True
        elif number >= KNOWN_TAGS or roles[number] not in _PASSED:
            return False
    return False


def is_worded_button(button: Node, *, in_heading: bool) -> bool:
    """Whether a button's text is read with the text around it: a term, or a whole heading.

    Terms that are explained on demand stand between two pieces of a sentence; headings that open
    what is under them hold a button and nothing else, and questions that open their answer are a
    button and nothing else.
    """
    is_alone = _is_blank(button.prev)
    if is_alone != _is_blank(button.next):
        return False
    return is_alone if in_heading else not is_alone or _opens_text(button)


def _opens_text(button: Node) -> bool:
    """Whether a button says in words what is under it; a menu's and a share button say less."""
    text = button.text()
    words = len(text.split())
    if words >= _ASKING_WORDS and is_question(text):
        return True
    return words >= _OPENING_WORDS and not _OPENING_NAMES.isdisjoint(button.attributes)


def is_line_break(node: Node) -> bool:
    """Whether an element without content is there to break a line, as its class says."""
    return "br" in (node.attributes.get("class") or "").split()


def is_hidden(node: Node) -> bool:
    """Whether an element is there to be seen only, and not to be read out."""
    return node.attributes.get("aria-hidden") == "true"


def read_raised(parts: Sequence[str], raised: Node | None) -> str:
    """What parts a raised number from the one before it; empty where nothing would join.

    10 to the power of 3 is no 103. Notes have their numbers raised too, and prices their cents.
    """
    if not parts or not (before := parts[-1])[-1:].isdigit():
        return ""
    while raised is not None and raised.tag_id != TEXT_TAG:
        raised = raised.first_child
    number = _RAISED.match(raised.text_content or "") if raised is not None else None
    if number is None:
        return ""
    is_part = len(number[0]) == _CENTS and (number[0][0] == "0" or _PRICE.search(before))
    return "." if is_part else "^"


def _is_blank(node: Node | None) -> bool:
    return node is None or node.tag_id != TEXT_TAG or bool(node.is_empty_text_node)


def read_formula(math: Node) -> str:
    """The characters of a formula, in one line (MathML 3, chapters 3 and 5).

    Of several notations the first is shown. Signs say what stands over or above.
    """
    semantics = math.css_first("semantics")
    shown = math if semantics is None else semantics.first_child
    while shown is not None and shown.tag_id in _NO_ELEMENTS:
        shown = shown.next
    said = []
    for node in shown.traverse(include_text=True) if shown is not None else ():
        if node.tag_id == TEXT_TAG and (text := (node.text_content or "").strip()):
            said += [_read_sign(node.parent), text]
    return "".join(said)


def _read_sign(leaf: Node | None) -> str:
    """What stands before a number or name of a formula that is below, or above, the one before."""
    around = leaf.parent if leaf is not None else None
    if leaf is None or around is None or (sign := _SIGNS.get(around.tag or "")) is None:
        return ""
    before = leaf.prev
    while before is not None and before.tag_id in _NO_ELEMENTS:
        before = before.prev
    return sign if before is not None else ""


class Streamed:
    """Parts of a page that React streams after the others, each hidden where it stands.

    The part `S:1` is shown in place of the template `B:1` or `P:1`.
    """

    def __init__(self, body: Node) -> None:
        self._body = body
        self._parts: dict[str, Node] | None = None
        self._taken: set[int] = set()

    def take(self, template: str) -> Node | None:
        """The part for the template of an id, where there is one, once."""
        kind, _, number = template.partition(":")
        if kind not in _STREAMED:
            return None
        if self._parts is None:
            found = self._body.css('[hidden][id^="S:"]')
            self._parts = {each.attributes["id"] or "": each for each in found}
        part = self._parts.pop(f"S:{number}", None)
        if part is not None:
            self._taken.add(part.mem_id)
        return part

    def has_taken(self, node: Node) -> bool:
        """Whether a node is a part that was met where it is shown."""
        return node.mem_id in self._taken


def open_template(template: Node, streamed: Streamed) -> Node | None:
    """The first node of what a template shows in its place; None where it shows nothing.

    A shadow tree written as markup is shown in place of the parent's content (WHATWG HTML section
    4.12.3; `shadowroot` was its first name).
    """
    attributes = template.attributes
    if not _SHADOW.isdisjoint(attributes):
        return next((content.first_child for content in template.template_fragments()), None)
    part = streamed.take(attributes.get("id") or "")
    return None if part is None else part.first_child


def name_inline(attributes: dict[str, str | None]) -> str:
    """What an inline element with these attributes calls itself; mostly nothing."""
    name = attributes.get("class") or ""
    if _INNER_SET.isdisjoint(attributes):
        return name
    return " ".join(filter(None, (name, *map(attributes.get, _INNER_NAMES))))
