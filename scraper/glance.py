"""A first look at a page without parsing it: title, metas, and the words a reader would see.

Enough to tell a wall from a page, at a fraction of the cost of a parse, and in one pass however
broken the markup is. Articles are cut by `cleaners`, never from here.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass

_MAX_METAS = 500

_META = re.compile(r"<meta\s([^>]{0,2000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"([a-z][a-z0-9:_-]{0,40})\s{0,9}=\s{0,9}(?:\"([^\"]{0,1500})\"|'([^']{0,1500})'|([^\s\"'>]{1,300}))",
    re.IGNORECASE,
)
_HIDDEN = ("script", "style", "noscript", "template", "svg", "title")
_WORD = re.compile(r"[^\W_]+")
_BREAK = re.compile(r"\s[-–—|:·•»›/]+\s|[|•»]|: ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """What a first look shows. `visible` and `noscript` are folded words, joined by spaces."""

    title: str
    metas: tuple[tuple[str, str], ...]
    visible: str
    noscript: str
    markup: str

    @property
    def title_parts(self) -> tuple[str, ...]:
        """The folded title, whole and between its separators (`Page not found | The Paper`)."""
        parts = [self.title, *_BREAK.split(self.title)]
        return tuple(dict.fromkeys(folded for part in parts if (folded := fold_words(part))))


def glance_page(text: str) -> Glance:
    """A first look at the text of an HTML page. Linear in its length; never raises."""
    markup = _drop_between(text, "<!--", "-->")
    lower = markup.lower()
    if len(lower) != len(markup):  # a few letters change length in lower case
        markup = lower
    return Glance(
        title=html.unescape(_read_element(markup, lower, "title")).strip(),
        metas=read_metas(markup),
        visible=fold_words(html.unescape(_read_visible(markup, lower))),
        noscript=fold_words(html.unescape(_strip_tags(_read_element(markup, lower, "noscript")))),
        markup=lower,
    )


def read_metas(markup: str) -> tuple[tuple[str, str], ...]:
    """Name (or http-equiv) and content of each `<meta>`, names in lower case, in order."""
    found: list[tuple[str, str]] = []
    for match in _META.finditer(markup):
        if len(found) == _MAX_METAS:
            break
        attributes = {
            name.lower(): html.unescape(double or single or bare)
            for name, double, single, bare in _ATTRIBUTE.findall(match[1])
        }
        name = attributes.get("name") or attributes.get("http-equiv") or ""
        if name and "content" in attributes:
            found.append((name.strip().lower(), attributes["content"].strip()))
    return tuple(found)


def fold_words(text: str) -> str:
    """The words of a text in lower case, without diacritics and punctuation, one space between."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    if not plain.isascii():
        plain = "".join(ch for ch in plain if not unicodedata.combining(ch))
    return " ".join(_WORD.findall(plain))


def _read_element(markup: str, lower: str, tag: str) -> str:
    """The content of the first element of a kind, or an empty string."""
    start = lower.find(f"<{tag}")
    start = lower.find(">", start) + 1 if start >= 0 else 0
    end = lower.find(f"</{tag}", start) if start else -1
    return markup[start:end] if end >= 0 else ""


def _read_visible(markup: str, lower: str) -> str:
    """The text outside tags and outside elements whose content is not shown."""
    kept: list[str] = []
    at = 0
    while at < len(markup):
        opening = lower.find("<", at)
        if opening < 0:
            kept.append(markup[at:])
            break
        kept.append(markup[at:opening])
        kept.append(" ")
        closing = lower.find(">", opening)
        if closing < 0:
            break
        at = closing + 1
        name = lower[opening + 1 : opening + 12].partition(">")[0].split(maxsplit=1)[:1]
        if name and name[0] in _HIDDEN:
            end = lower.find(f"</{name[0]}", at)
            at = end if end >= 0 else len(markup)
    return "".join(kept)


def _strip_tags(markup: str) -> str:
    """Markup without its tags."""
    return _read_visible(markup, markup.lower()) if "<" in markup else markup


def _drop_between(text: str, opening: str, closing: str) -> str:
    """The text without what stands between two marks; an opening without end drops the rest."""
    if opening not in text:
        return text
    kept: list[str] = []
    at = 0
    while (start := text.find(opening, at)) >= 0:
        kept.append(text[at:start])
        end = text.find(closing, start + len(opening))
        if end < 0:
            return "".join(kept)
        at = end + len(closing)
    kept.append(text[at:])
    return "".join(kept)
