"""Elements met on the walk in, what the cutter notes of them out: names, marks, what they are."""

from __future__ import annotations

from collections.abc import Sequence

from cleaners.dom import TEXT_TAG, Node
from cleaners.tags import BODY_BIT, CONTAINER, HIDDEN_BIT, INLINE, KNOWN_TAGS, NEWS_BIT

NEWS_TYPE = "NewsArticle"
"""The schema.org type, as JSON-LD and as microdata name it."""
# What attributes may say of a container, or of the inline element that opens a block, beyond its
# class.
_TELLING = frozenset(("role", "itemprop", "itemtype", "style", "hidden", "aria-hidden"))
_INNER_NAMES = ("id", "itemprop", "rel")
_INNER_SET = frozenset(_INNER_NAMES)
_SPAN_DIGITS = 4


def read_attributes(attributes: dict[str, str | None]) -> tuple[str, int]:
    """A container's key, and the bits its attributes set."""
    name, number = attributes.get("class"), attributes.get("id")
    key = f"{name} {number}" if name and number else name or number or ""
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
    style = attributes.get("style")
    if (
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


def judge_unknown(node: Node, roles: Sequence[int]) -> int:
    """What an element is that HTML does not know: INLINE in the midst of text, else CONTAINER.

    Browsers show such elements inline unless the page says otherwise, as most pages do of those
    that text does not run on into.
    """
    beside = [each for each in (node.prev, node.next) if each is not None]
    if not any(each.tag_id == TEXT_TAG and not each.is_empty_text_node for each in beside):
        return CONTAINER
    child = node.first_child
    while child is not None:
        number = child.tag_id
        if number >= KNOWN_TAGS or roles[number] == CONTAINER:
            return CONTAINER
        child = child.next
    return INLINE


def open_shadow(template: Node) -> Node | None:
    """The first node of a shadow tree written as markup; None where the template shows nothing.

    WHATWG HTML section 4.12.3: such a template's content is shown in place of its parent's.
    """
    if "shadowrootmode" not in template.attributes:
        return None
    return next((content.first_child for content in template.template_fragments()), None)


def name_inline(attributes: dict[str, str | None]) -> str:
    """What an inline element with these attributes calls itself; mostly nothing."""
    name = attributes.get("class") or ""
    if _INNER_SET.isdisjoint(attributes):
        return name
    return " ".join(filter(None, (name, *map(attributes.get, _INNER_NAMES))))
