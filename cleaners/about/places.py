"""Elements of a document in, where each stands to the headline and in which microdata item out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from cleaners.cutting.containernames import load_container_names
from cleaners.cutting.labels import NAME_BREAK
from cleaners.document.headings import is_like
from cleaners.dom import Node

# Types of microdata items, lower-cased, that say of themselves and not of the story around them
# who made them and when.
_NOTES = frozenset({"comment", "usercomments", "answer", "review", "rating"})
_MEDIA = frozenset({"imageobject", "videoobject", "audioobject", "mediaobject"})


# Elements between a line above the headline and the container that holds both, where the line is
# the headline's: a date or a section above it.
_MAX_APART = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an element stands.

    `scope` is the number of the innermost microdata item around it (HTML section 5.2), 0 for none.
    `is_note` says that it stands in what a reader wrote or in an item that is about a part of the
    story; `is_aside` that it stands in an `<aside>`, a menu, the page's foot, a story that does not
    hold the headline, or what leads to other stories; `in_story` that it stands in the `<article>`
    that holds the headline, and in none of those. `apart` counts the elements between it
    and a container that it shares with the headline, `<body>` left out, up to where it is not near.
    """

    scope: int = 0
    is_note: bool = False
    is_aside: bool = False
    in_story: bool = False
    apart: int = _MAX_APART + 1

    @property
    def is_near(self) -> bool:
        """Whether a line above the headline is the headline's."""
        return self.apart <= _MAX_APART


_ROOT = Place()


class Places:
    """Places of elements, looked up by their parents, each parent looked at once."""

    def __init__(self, headline: Node | None) -> None:
        self._known: dict[int, Place] = {}
        self._holders: set[int] = set()
        self._others: set[int] = set()
        self._has_story = False
        node = headline
        # The document itself is a node too, above `<html>`.
        while node is not None and node.parent is not None:
            self._holders.add(node.mem_id)
            self._has_story |= node.tag == "article"
            node = node.parent

    def find(self, node: Node) -> Place:
        """Where `node` stands; what it is itself does not count."""
        path: list[Node] = []
        parent = node.parent
        while parent is not None and parent.mem_id not in self._known:
            path.append(parent)
            parent = parent.parent
        place = _ROOT if parent is None else self._known[parent.mem_id]
        for inner in reversed(path):
            place = self._known[inner.mem_id] = self._step(inner, place)
        return place

    def judge_items(self, headlines: Iterable[tuple[Node, str]], titles: Sequence[str]) -> None:
        """Learn from the headlines that microdata items give, which of them are other stories."""
        own: dict[int, bool] = {}
        for node, text in headlines:
            scope = self.find(node).scope
            is_own = not text or any(is_like(text, title) for title in titles)
            own[scope] = own.get(scope, False) or is_own
        self._others = {scope for scope, is_own in own.items() if not is_own} - self._holders - {0}

    def is_beside(self, node: Node, *, is_property: bool = False) -> bool:
        """Whether `node` stands in another story, a comment or an `<aside>`.

        A microdata property of the story is its own wherever it stands.
        """
        place = self.find(node)
        if place.is_note or place.scope in self._others:
            return True
        return place.is_aside and not (is_property and place.scope in self._holders)

    def _step(self, node: Node, outer: Place) -> Place:
        """The place of what stands in `node`, which itself stands at `outer`."""
        attributes, known = node.attributes, load_container_names()
        number = node.mem_id
        tag = node.tag or ""
        holds = number in self._holders
        apart = 0 if holds and tag not in {"body", "html"} else min(outer.apart, _MAX_APART) + 1
        is_item = "itemscope" in attributes
        is_note = outer.is_note
        names = [] if holds else _list_names(attributes)
        if attributes and not is_note and not holds:
            is_note = _says(known.comments, names) or (
                is_item and _is_part(attributes.get("itemtype"), is_inner=outer.scope != 0)
            )
        leads_away = not holds and (
            tag == "nav" or (tag == "footer" and ends_page(node)) or _says(known.others, names)
        )
        is_other = leads_away or (
            not holds and (tag == "aside" or (tag == "article" and self._has_story))
        )
        if not (holds or is_item or is_other) and (is_note, apart) == (outer.is_note, outer.apart):
            return outer
        return Place(
            scope=number if is_item else outer.scope,
            is_note=is_note,
            is_aside=outer.is_aside or is_other,
            in_story=(outer.in_story and not leads_away) or (holds and tag == "article"),
            apart=apart,
        )


def _is_part(kind: str | None, *, is_inner: bool) -> bool:
    """Whether an item of this type says of itself, and not of the story, who made it and when."""
    name = (kind or "").rstrip("/").rpartition("/")[2].lower()
    return name in _NOTES or (is_inner and name in _MEDIA)


def choose_headline(headings: Sequence[Node], texts: Sequence[str], title: str) -> Node | None:
    """The heading whose text the document's title repeats at most length, else the first."""
    best: Node | None = None
    length = -1
    for node, text in zip(headings, texts, strict=True):
        said = len(text) if text in title else 0
        if text and said > length:
            best, length = node, said
    return best


def ends_page(foot: Node) -> bool:
    """Whether a `<footer>` is the page's, and not that of a story."""
    around = foot.parent
    while around is not None and around.tag != "article":
        around = around.parent
    return around is None


def _list_names(attributes: Mapping[str, str | None]) -> list[str]:
    """A container's class and id in lower case."""
    return [name.lower() for key in ("class", "id") if (name := attributes.get(key))]


def _says(known: frozenset[str], names: Sequence[str]) -> bool:
    """Whether one of a container's names holds one of the known ones, word after word."""
    for name in names:
        # Cutting a name into words takes longer than looking for each known one in it.
        if any(map(name.__contains__, _list_firsts(known))):
            said = f" {' '.join(NAME_BREAK.split(name))} "
            if any(f" {words} " in said for words in known):
                return True
    return False


@cache
def _list_firsts(known: frozenset[str]) -> tuple[str, ...]:
    """The words with which names begin, without those that hold another of them."""
    firsts = {words.partition(" ")[0] for words in known}
    return tuple(
        sorted(word for word in firsts if not any(other in word for other in firsts - {word}))
    )
