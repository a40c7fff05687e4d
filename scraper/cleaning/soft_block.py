"""Pages that say 200 and mean no: consent walls, captchas, script and login walls, soft 404s.

Nothing of them may be stored as an article, and nobody is helped by a ledger that calls them done.
The phrases and marks stand in `rules/soft_blocks.toml`; what Python knows is where each may stand.
The guard: a page whose article came out at length is an article, whatever it also says (articles
are written about captchas, and consent dialogues lie over whole pages).
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

from cleaners.decode import decode_page
from scraper.cleaning.glance import Glance, fold_words, glance_page, read_metas
from scraper.errors import ConfigError
from scraper.page import Page

# Bytes beyond which a page is no wall, whatever its scripts hold.
_MAX_WALL_BYTES = 1_000_000
# Bytes in which robots directives are looked for: they stand in the head.
_HEAD_BYTES = 262_144
_NAMES = ("robots", "sanspub")
_KEYS = {"id", "kind", "why", "header", "url", "title", "text", "noscript", "markup"}
_LIMITS = {"max_article", "max_visible"}
_EXAMPLES = {"match", "keep"}


class SoftBlockKind(StrEnum):
    """What stands in the article's place."""

    CONSENT = "consent-wall"
    CAPTCHA = "captcha"
    SCRIPT = "needs-javascript"
    LOGIN = "login-wall"
    NOT_FOUND = "soft-404"
    REFUSED = "access-refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class SoftBlock:
    """A page that is no article though it says 200. `rule` is the id of what told it."""

    kind: SoftBlockKind
    rule: str

    def __str__(self) -> str:
        return f"{self.kind} ({self.rule})"


@dataclass(frozen=True, slots=True, kw_only=True)
class SoftBlockRule:
    """One rule: every field that is given must hold, by any of its entries.

    `header` holds `name: part of value`; `url` a part of the final URL that the requested one
    lacks; `title` a whole title or a whole part of one; `text` and `noscript` phrases in the words
    shown; `markup` parts of the HTML. The rule is silent where the extracted article is longer
    than `max_article` characters or the words shown are longer than `max_visible`.
    """

    id: str
    kind: SoftBlockKind
    why: str
    header: tuple[tuple[str, str], ...] = ()
    url: tuple[str, ...] = ()
    title: frozenset[str] = frozenset()
    text: tuple[str, ...] = ()
    noscript: tuple[str, ...] = ()
    markup: tuple[str, ...] = ()
    max_article: int = 1_000
    max_visible: int = 3_000
    match: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()


@cache
def load_soft_block_rules() -> tuple[SoftBlockRule, ...]:
    """The packaged rules in the order of their file. Read once: they are part of the program."""
    text = files("scraper").joinpath("rules/soft_blocks.toml").read_text("utf-8")
    return tuple(_read_rule(entry) for entry in tomllib.loads(text)["rule"])


def judge_page_access(page: Page, text: str) -> SoftBlock | None:
    """What stands in the article's place, or None where nothing shows that anything does.

    `text` is what the cleaner took out of the page; pass an empty string before cleaning.
    """
    rules = [
        rule
        for rule in load_soft_block_rules()
        if len(text) <= rule.max_article and _matches_response(rule, page)
    ]
    # Most pages end here, before anything is decoded: a long article leaves the header rules only.
    glance = glance_page(_decode_start(page)) if rules else None
    for rule in rules:
        if glance is not None and _matches_page(rule, glance):
            return SoftBlock(kind=rule.kind, rule=rule.id)
    if _leads_to_front(page) and len(text) <= 1_000:
        return SoftBlock(kind=SoftBlockKind.NOT_FOUND, rule="redirected-to-front-page")
    return None


def robots_directives(page: Page) -> frozenset[str]:
    """What the page asks of robots, in lower case: `noindex`, `noarchive`, `noai`, `nofollow`.

    From `X-Robots-Tag` headers and `<meta name=robots>` (Google's robots meta specification), both
    also where addressed to us by name; `none` is spelled out. `tdm-reservation` where text and
    data mining is reserved (W3C TDM Reservation Protocol, header or meta).
    """
    markup = page.body[:_HEAD_BYTES].decode("latin-1")
    metas = read_metas(markup, parts=(*_NAMES, "tdm-reservation")) if "<" in markup else ()
    said = [content for name, content in metas if name in _NAMES]
    said += [_read_robots_tag(value) for value in page.header_values("x-robots-tag")]
    found = {part.strip().lower() for value in said for part in value.split(",")} - {""}
    if "none" in found:
        found |= {"noindex", "nofollow"}
    reserved = [page.header("tdm-reservation"), *(c for n, c in metas if n == "tdm-reservation")]
    if any(value.strip() == "1" for value in reserved):
        found.add("tdm-reservation")
    return frozenset(found)


def _read_robots_tag(value: str) -> str:
    """The directives of an X-Robots-Tag that concern us (`otherbot: noindex` does not)."""
    name, colon, rest = value.partition(":")
    name = name.strip().lower()
    if not colon or "," in name or " " in name or name in {"unavailable_after", "max-snippet"}:
        return value
    if name.startswith("max-"):
        return value
    return rest if name in {*_NAMES, "*"} else ""


def _decode_start(page: Page) -> str:
    """The text of the page, or nothing of a page so large that it is surely more than a wall."""
    return decode_page(page.body, page.content_type) if len(page.body) <= _MAX_WALL_BYTES else ""


def _matches_response(rule: SoftBlockRule, page: Page) -> bool:
    """Whether the fields of a rule that concern headers and URL hold."""
    if rule.header and not any(part in page.header(name).lower() for name, part in rule.header):
        return False
    asked = page.requested_url.lower()
    final = page.url.lower()
    return not rule.url or any(part in final and part not in asked for part in rule.url)


def _matches_page(rule: SoftBlockRule, glance: Glance) -> bool:
    """Whether the fields of a rule that concern what the page holds hold."""
    return (
        (not rule.title or not rule.title.isdisjoint(glance.title_parts))
        and (not rule.markup or any(part in glance.markup for part in rule.markup))
        and (not rule.noscript or _has_phrase(glance.noscript, rule.noscript))
        and not glance.shows_more(rule.max_visible)
        and (not rule.text or _has_phrase(glance.visible, rule.text))
    )


def _has_phrase(words: str, phrases: tuple[str, ...]) -> bool:
    """Whether one of the folded phrases stands among the folded words, at word boundaries.

    Scripts without spaces have no boundaries, so there any place will do.
    """
    padded = f" {words} "
    return any(
        f" {phrase} " in padded if phrase.isascii() else phrase in words for phrase in phrases
    )


def _leads_to_front(page: Page) -> bool:
    """Whether a deep link was redirected to its site's front page: how some sites say 404."""
    if not page.redirects:
        return False
    asked, final = urlsplit(page.requested_url), urlsplit(page.url)
    depth = len([part for part in asked.path.split("/") if part])
    return depth >= 2 and final.path in {"", "/"} and not final.query


def _read_rule(entry: dict[str, object]) -> SoftBlockRule:
    """One entry of the rule file, its phrases folded.

    Raises:
        ConfigError: naming the rule and what is wrong with it.
    """
    name = str(entry.get("id", "?"))
    unknown = entry.keys() - _KEYS - _LIMITS - _EXAMPLES
    if unknown:
        raise ConfigError(f"soft_blocks.toml: {name}: unknown key {min(unknown)!r}")
    lists = {key: _read_strings(entry, key) for key in (_KEYS | _EXAMPLES) - {"id", "kind", "why"}}
    if not any(lists[key] for key in lists if key not in _EXAMPLES):
        raise ConfigError(f"soft_blocks.toml: {name}: nothing to match by")
    headers = [value.lower().partition(":") for value in lists["header"]]
    limits = {key: int(str(entry[key])) for key in _LIMITS & entry.keys()}
    return SoftBlockRule(
        id=name,
        kind=SoftBlockKind(str(entry["kind"])),
        why=str(entry["why"]),
        header=tuple((header.strip(), part.strip()) for header, _, part in headers),
        url=tuple(part.lower() for part in lists["url"]),
        title=frozenset(fold_words(part) for part in lists["title"]),
        text=tuple(fold_words(part) for part in lists["text"]),
        noscript=tuple(fold_words(part) for part in lists["noscript"]),
        markup=tuple(part.lower() for part in lists["markup"]),
        match=lists["match"],
        keep=lists["keep"],
        **limits,
    )


def _read_strings(entry: dict[str, object], key: str) -> tuple[str, ...]:
    """A list of strings, or an empty one."""
    value = entry.get(key, [])
    if not isinstance(value, list) or not all(isinstance(part, str) and part for part in value):
        raise ConfigError(f"soft_blocks.toml: {entry.get('id', '?')}: {key} is no list of strings")
    return tuple(value)
