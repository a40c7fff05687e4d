"""What each block is, from markup, position and the title: kinds of `article.Kind`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from cleaners.article import Kind
from cleaners.cut import TIME_MARK, Cut
from cleaners.features import SAME_TITLE, Features
from cleaners.names import has_lead
from cleaners.tags import BIT, SORT, SORTS

_BY_SORT = {
    "h1": Kind.HEADING,
    "h2": Kind.HEADING,
    "h3": Kind.HEADING,
    "h4": Kind.HEADING,
    "pre": Kind.PREFORMATTED,
    "td": Kind.TABLE_ROW,
    "figcaption": Kind.CAPTION,
}
# Words up to which a block is what its container's name says; a longer one under such a name is
# more than that (a gallery that tells the story). Short names are less sure of what they say.
_CAPTION_WORDS, _SHORT_NAME_WORDS, _BYLINE_NAME_WORDS = 60, 30, 15
_NAME_BREAK = re.compile(r"[^a-z]+")
# Words up to which a block with a <time> is a date line, and one by an author a byline.
_DATE_WORDS, _BYLINE_WORDS = 12, 15
# Words of a headline at least, where a block holds more than the headline.
_LEAST_TITLE = 3
_WORDS = re.compile(r"\w+")
_PATH = 3
_KIND_BITS = BIT["figure"] | BIT["li"] | BIT["blockquote"]
# Microdata and link types that name an author (schema.org `author`, HTML `rel=author`).
_AUTHOR_NAMES = frozenset({"author", "ip_author"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a container makes of the blocks right inside it.

    `level` is 1 to 4 for headings and the nesting depth for list items, else 0; `path` names the
    three nearest containers, outermost first; `named` is the kind its class or id speaks of, for
    blocks of up to `named_words` words.
    """

    kind: Kind
    level: int
    path: str
    is_by_author: bool
    named: Kind | None
    named_words: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ContainerNames:
    """The names of `words/containers.toml`, by what they say; a key without `hint` says none."""

    hint: re.Pattern[str]
    caption: frozenset[str]
    caption_short: frozenset[str]
    byline: frozenset[str]
    picture: frozenset[str]
    described: frozenset[str]


@cache
def load_credit_pattern() -> re.Pattern[str]:
    """Finds a picture credit at the end of a line: a label of `words/credits.toml`, and a name."""
    raw = tomllib.loads(files("cleaners").joinpath("words/credits.toml").read_text("utf-8"))
    labels = "|".join(map(re.escape, sorted(raw["labels"], key=len, reverse=True)))
    name = r"[^\W\d_][^\s.,;:!?]*\.?"
    return re.compile(
        rf"(?:^|[\s(\[|/])(?i:{labels})\s?[:/]\s?{name}(?:(?: |/| / )(?-i:{name})){{0,4}}[)\]]?$"
    )


@cache
def load_container_names() -> ContainerNames:
    """The packaged names that templates give to the containers of captions and bylines."""
    raw = tomllib.loads(files("cleaners").joinpath("words/containers.toml").read_text("utf-8"))
    hints = {*raw["caption"], *raw["caption_short"], *raw["byline"], *raw["described"]}
    return ContainerNames(
        caption=frozenset(raw["caption"]),
        caption_short=frozenset(raw["caption_short"]),
        byline=frozenset(raw["byline"]),
        picture=frozenset(raw["picture"]),
        described=frozenset(raw["described"]),
        hint=re.compile("|".join(sorted(map(re.escape, hints)))),
    )


def read_settings(cut: Cut) -> list[Setting]:
    """The setting of every block, in order: what its container makes of it."""
    homes, sorts = np.array(cut.homes), np.array(cut.sorts)
    # The body is its own parent here: neither its sort nor its key is ever shown.
    parents = np.maximum(np.array(cut.parents), 0)
    own = np.array(cut.numbers) * len(SORTS) + sorts
    above = parents[homes]
    of_cells = np.unique(homes[sorts[homes] == SORT["td"]])
    is_row = (np.bincount(parents[of_cells], minlength=len(parents)) > 1)[above]
    bits = np.array(cut.bits)[homes] & _KIND_BITS
    items = _count_items(sorts, parents)[homes]
    # Containers of a page are much alike: a few dozen settings serve hundreds of blocks.
    made: dict[tuple[int, ...], Setting] = {}
    labels: dict[int, str] = {}
    settings = []
    columns = (own[homes], own[above], own[parents[above]], bits, items, is_row)
    alike = zip(*(column.tolist() for column in columns), strict=True)
    for home, key in zip(cut.homes, alike, strict=True):
        setting = made.get(key)
        if setting is None:
            path = _name_path(cut, home, labels)
            setting = _read_setting(cut, home, path=path, items=key[4], is_row=bool(key[5]))
            made[key] = setting
        settings.append(setting)
    return settings


def _count_items(sorts: NDArray[np.int64], parents: NDArray[np.int64]) -> NDArray[np.int64]:
    """For each container, how many list items it stands in, itself included."""
    items: NDArray[np.int64] = (sorts == SORT["li"]).astype(np.int64)
    # Every round doubles how far each container sees.
    above = parents
    while above.any():
        items += items[above]
        above = above[above]
    return items


def _read_setting(cut: Cut, home: int, *, path: str, items: int, is_row: bool) -> Setting:
    sort = SORTS[cut.sorts[home]]
    kind = _BY_SORT.get(sort) or _name_by_ancestors(cut.bits[home])
    # A row with a single cell of text is layout, not a table.
    if kind is Kind.TABLE_ROW and not is_row:
        kind = _name_by_ancestors(cut.bits[home])
    key = cut.keys[home]
    named, named_words = _read_name(key) if key else (None, 0)
    return Setting(
        kind=kind,
        level=int(sort[1]) if kind is Kind.HEADING else items,
        path=path,
        is_by_author="author" in key and not _AUTHOR_NAMES.isdisjoint(key.split()),
        named=named,
        named_words=named_words,
    )


def _read_name(key: str) -> tuple[Kind | None, int]:
    """The kind that a container's class and id speak of, and up to how many words they do."""
    known = load_container_names()
    kind, words = None, 0
    lowered = key.lower()
    if known.hint.search(lowered) is None:
        return kind, words
    for name in lowered.split():
        parts = [part for part in _NAME_BREAK.split(name) if part]
        if not known.caption.isdisjoint(parts):
            return Kind.CAPTION, _CAPTION_WORDS
        is_pair = any(a in known.picture and b in known.described for a, b in pairwise(parts))
        if is_pair or name in known.caption_short:
            kind, words = Kind.CAPTION, _SHORT_NAME_WORDS
        elif kind is None and not known.byline.isdisjoint(parts):
            kind, words = Kind.BYLINE, _BYLINE_NAME_WORDS
    return kind, words


def _name_path(cut: Cut, home: int, labels: dict[int, str]) -> str:
    """The three nearest containers, outermost first, as `tag.class`.

    `labels` holds what containers met before are called, and is added to.
    """
    names: list[str] = []
    while home > 0 and len(names) < _PATH:
        name = labels.get(home)
        if name is None:
            sort, key = SORTS[cut.sorts[home]], cut.keys[home]
            name = labels[home] = f"{sort}.{'.'.join(key.split())}" if key else sort
        names.append(name)
        home = cut.parents[home]
    return " > ".join(reversed(names))


def _name_by_ancestors(bits: int) -> Kind:
    if bits & BIT["figure"]:
        return Kind.CAPTION
    if bits & BIT["li"]:
        return Kind.LIST_ITEM
    if bits & BIT["blockquote"]:
        return Kind.QUOTATION
    return Kind.PARAGRAPH


def name_kinds(
    cut: Cut,
    features: Features,
    kept: NDArray[np.bool_],
    settings: Sequence[Setting],
    *,
    title: str = "",
) -> tuple[Kind, ...]:
    """One kind a block, in order. `kept` says what the model takes for article text.

    `title` is what the page calls itself, the site's name often with it.
    """
    kinds = [setting.kind for setting in settings]
    words = features.words.tolist()
    for index, setting in enumerate(settings):
        if setting.named and words[index] <= setting.named_words:
            # A sentence under a short name is a first paragraph as often as it is a caption.
            is_sure = setting.named_words != _SHORT_NAME_WORDS or not features.good[index]
            kinds[index] = setting.named if is_sure else kinds[index]
    for index in np.flatnonzero(features.words <= _BYLINE_WORDS).tolist():
        if words[index] <= _DATE_WORDS and cut.marks[index] & TIME_MARK:
            kinds[index] = Kind.DATE
        elif settings[index].is_by_author or (
            "author" in cut.inner_keys[index]
            and not _AUTHOR_NAMES.isdisjoint(cut.inner_keys[index].split())
        ):
            kinds[index] = Kind.BYLINE
    for index in np.flatnonzero(kept & (features.words <= _SHORT_NAME_WORDS)).tolist():
        if kinds[index] is Kind.PARAGRAPH and is_credited(cut.texts[index]):
            kinds[index] = Kind.CAPTION
    for index in _find_titles(cut, features, kinds, kept=kept, title=title):
        kinds[index] = Kind.TITLE
    return tuple(kinds)


def _find_titles(
    cut: Cut, features: Features, kinds: Sequence[Kind], *, kept: NDArray[np.bool_], title: str
) -> Iterator[int]:
    """Blocks that repeat the title: headings anywhere, others before the story begins."""
    first = int(kept.argmax()) if kept.any() else len(kept)
    for index in np.flatnonzero(features.title_share >= SAME_TITLE).tolist():
        if kinds[index] is Kind.HEADING or index <= first + 1:
            yield index
    for index in np.flatnonzero(features.title_share[: first + 2] > 0).tolist():
        if title and _is_signed_title(cut.texts[index], title):
            yield index


def is_credited(text: str) -> bool:
    """Whether a short text ends with a picture credit, as the text under a picture does."""
    return (":" in text or "/" in text) and load_credit_pattern().search(text) is not None


def _is_signed_title(text: str, title: str) -> bool:
    """Whether a block is the headline and right after it a byline or a day, and nothing more.

    Old pages set both in one cell, with a mere line break between them.
    """
    said = f" {' '.join(_WORDS.findall(title.lower()))} "
    head, end = "", 0
    count = 0
    for word in _WORDS.finditer(text):
        longer = f"{head} {word[0].lower()}"
        if f"{longer} " not in said:
            break
        head, end, count = longer, word.end(), count + 1
    if count < _LEAST_TITLE or 2 * len(head) < len(said):
        return False
    rest = text[end:].strip(" .|,-–—")
    return len(rest.split()) <= _BYLINE_WORDS and has_lead(rest)
