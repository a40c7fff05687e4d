"""When a page was published and changed, from the first source that gives a date."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from cleaners.addresses import split_address
from cleaners.dates import is_after, read_date
from cleaners.head import Head
from cleaners.jsonld import Node, text_of

_PUBLISHED = (
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished",
    "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "article.published",
    "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "dcterms.date",
    "dc.date", "citation_publication_date", "citation_online_date", "publication_date",
    "publish-date", "publish_date", "publishdate", "publicationdate", "published_date",
    "publish_time", "published-date", "pubdate", "pub_date", "bt:pubdate", "og:pubdate",
    "originalpublicationdate", "displaydate", "article_date_original", "article:published",
    "article:post_date", "date_published", "gentime", "rnews:datepublished",
    "shareaholic:article_published_time",
    "ptime", "date", "article.created", "creation_date", "video:release_date", "og:release_date",
)  # fmt: skip
_MODIFIED = (
    "article:modified_time", "og:modified_time", "og:updated_time", "article:updated_time",
    "datemodified", "dcterms.modified", "dc.date.modified", "last-modified", "lastmod",
    "article.updated", "revised", "modified_time", "cxenseparse:recs:modifiedtime",
)  # fmt: skip
_URL_DATE = re.compile(
    r"(?<!\d)((?:19|20)\d{2})[/_-]?(0?[1-9]|1[0-2])[/_-]?([0-2]?[1-9]|[123]0|31)(?!\d)"
)
# Words in class names of elements that hold the date of a change.
_CHANGE = re.compile(r"modif|updat|edit", re.IGNORECASE)
_MAX_DATE_LINE = 100
# Characters of a date without time of day.
_BARE = len("2024-04-22")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """Dates in ISO 8601, empty where the page gives none."""

    published: str = ""
    modified: str = ""


def find_dates(
    head: Head,
    article: Node,
    *,
    url: str = "",
    language: str = "",
    text_lines: Sequence[str] = (),
) -> Dates:
    """When the page was published and last changed.

    A time of day is preferred over the bare date of the same day; a change before publication is
    dropped, and so is one that is the same instant.
    """
    month_first = head.language.lower() in {"en-us", "en_us"} or language == "en"

    def read(text: str) -> str:
        return read_date(text, language=language, month_first=month_first)

    published = _first_date(map(read, _published_texts(head, article, url, text_lines)))
    changed = (when for when in map(read, _modified_texts(head, article)) if when)
    modified = next(changed, "")
    if published and modified and (modified == published or is_after(published, modified)):
        modified = ""
    return Dates(published=published, modified=modified)


def _first_date(dates: Iterable[str]) -> str:
    """The first date, or the next one if that adds the time of day to it; empty ones skipped."""
    first = ""
    for when in dates:
        if first and when and when[:_BARE] != first[:_BARE]:
            return first
        first = first or when
        if len(when) > _BARE:
            return when
    return first


def _published_texts(
    head: Head, article: Node, url: str, text_lines: Sequence[str]
) -> Iterator[str]:
    """Texts that may hold the date of publication, most trusted first."""
    yield text_of(article.get("datePublished"))
    for key in _PUBLISHED:
        yield head.meta(key)
    yield from head.item_all("datepublished")
    yield text_of(article.get("dateCreated"))
    yield from _stamps(head, "publish", "pubdate", "published", "dt-published", "entry-date")
    near = [
        stamp for stamp in head.stamps if stamp.after_heading and not _CHANGE.search(stamp.label)
    ]
    for stamp in near[:1]:
        yield stamp.datetime or stamp.text
    yield _date_of_url(url or head.canonical)
    for line in head.datelines:
        if not _CHANGE.search(line.label) and len(line.text) <= _MAX_DATE_LINE:
            yield line.text
    yield from (line for line in head.near_heading if len(line) <= _MAX_DATE_LINE)
    yield from (line for line in text_lines if len(line) <= _MAX_DATE_LINE)
    for stamp in head.stamps[:1]:
        yield stamp.datetime or stamp.text
    yield text_of(article.get("uploadDate"))


def _modified_texts(head: Head, article: Node) -> Iterator[str]:
    yield text_of(article.get("dateModified"))
    for key in _MODIFIED:
        yield head.meta(key)
    yield from head.item_all("datemodified")
    yield from _stamps(head, "modif", "updat")


def _stamps(head: Head, *words: str) -> Iterator[str]:
    """The `<time>` elements whose class or itemprop holds one of the words."""
    for stamp in head.stamps:
        if any(word in stamp.label for word in words):
            yield stamp.datetime or stamp.text


def _date_of_url(url: str) -> str:
    match = _URL_DATE.search(split_address(url).path) if url else None
    return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}" if match else ""
