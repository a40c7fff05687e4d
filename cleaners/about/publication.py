"""When a page was published and changed, from the first source that gives a date."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import chain

from cleaners.about.head import Head
from cleaners.about.shortlines import Line
from cleaners.about.stamps import Stamp
from cleaners.document.addresses import find_host, split_address
from cleaners.document.jsonld import Node, text_of
from cleaners.words.datelines import Dateline, is_sentence, split_dateline, tells_publication
from cleaners.words.dates import is_date_alone, is_later, read_date

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
# The same under names that templates give themselves: `w-published-date`, `published`.
_NAMED_SO = re.compile(
    r"(?:.*[^a-z])?(?:publish(?:ed)?|publication)(?:[^a-z]?(?:date(?:time)?|time|on|at))?"
    r"|(?:.*[^a-z])?date[^a-z]?published"
)
_MODIFIED = (
    "article:modified_time", "og:modified_time", "og:updated_time", "article:updated_time",
    "datemodified", "dcterms.modified", "dc.date.modified", "last-modified", "lastmod",
    "article.updated", "revised", "modified_time", "cxenseparse:recs:modifiedtime",
)  # fmt: skip
# Year, month and day of an address: of two digits each, or parted from one another. What follows a
# slash may be the number in a headline: `/2024/12/5-ways-to-skate`.
_YEAR = r"(?<!\d)(?P<year>(?:19|20)\d{2})"
_URL_DATES = tuple(
    re.compile(_YEAR + day)
    for day in (
        r"[/_-]?(?P<month>0[1-9]|1[0-2])[_-]?(?P<day>0[1-9]|[12]\d|3[01])(?![^\W_])",
        r"[/_-](?P<month>0?[1-9]|1[0-2])/(?P<day>0?[1-9]|[12]\d|3[01])(?![^/.])",
        r"[_-](?P<month>0?[1-9]|1[0-2])[_-](?P<day>0?[1-9]|[12]\d|3[01])(?![^\W_])",
    )
)
# Countries that write the month first in English (Unicode CLDR, short dates), and Canada, where
# newspapers write both.
_MONTH_FIRST = frozenset({"us", "ca", "ph", "pr", "gu", "as", "mp", "um", "vi", "mh"})
# Countries with newspapers in English that write the day first (the same source), by the ends of
# their hosts: many sites leave the language of their software's makers as it is, en-US.
_DAY_FIRST_HOSTS = tuple(
    f".{country}"
    for country in (
        "uk", "ie", "au", "nz", "in", "pk", "bd", "lk", "sg", "my", "hk", "mt", "za", "na", "bw",
        "zm", "zw", "ug", "tz", "ke", "ng", "gh", "jm", "tt",
    )
)  # fmt: skip
# Words in class names of elements that hold the date of a change.
_CHANGE = re.compile(r"modif|updat|edit", re.IGNORECASE)
# A date in numbers whose month may be the first or the second; and a clock that software writes in
# English beside one with the month first, whatever the language of its page.
_SLASHED = re.compile(r"(?<!\d)\d{1,2}/\d{1,2}/\d{4}")
_ENGLISH_CLOCK = re.compile(r"\s\d{1,2}:\d\d:\d\d [AP]M\b")
_DIGIT = re.compile(r"\d|月[一二三四五六七八九十]{1,3}日")
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
    line_above: str = "",
) -> Dates:
    """When the page was published and last changed.

    A time of day is preferred over the bare date of the same day; a change before publication is
    dropped, and so is one that is the same instant. Of two readings of a declared date in numbers
    that one is taken which the address or a written date of the page gives too, for a change the
    day of publication as well. `line_above` is what stands right before the headline: a date alone
    counts where nothing else gives one.
    """
    month_first = _is_month_first(head, language, url or head.canonical)

    def read(text: str) -> str:
        return read_date(text, language=language, month_first=month_first)

    @cache
    def list_days() -> frozenset[str]:
        shown = _shown_texts(head, url, text_lines, line_above)
        return frozenset(read(text)[:_BARE] for text in shown if not _SLASHED.search(text))

    def read_declared(text: str, *, is_declared: bool = True, day: str = "") -> str:
        found = partial(read_date, text, language=language, is_declared=is_declared)
        usual = found(month_first=month_first)
        if not _SLASHED.search(text):
            return usual
        other = found(month_first=not month_first)
        if usual[:_BARE] in list_days() or other[:_BARE] == usual[:_BARE]:
            return usual
        if day in {usual[:_BARE], other[:_BARE]}:
            return usual if usual[:_BARE] == day else other
        is_other = other[:_BARE] in list_days() or (
            language != "en" and not month_first and _ENGLISH_CLOCK.search(text)
        )
        return other if is_other else usual

    shown = map(read, _shown_texts(head, url, text_lines, line_above))
    published = _first_date(chain(map(read_declared, _declared_texts(head, article)), shown))
    read_change = partial(read_declared, is_declared=False, day=published[:_BARE])
    changes = map(read_change, _declared_changes(head, article))
    changed = chain(changes, map(read, _shown_changes(head, text_lines)))
    modified = next(filter(None, changed), "")
    if published and modified and not is_later(modified, published):
        modified = ""
    return Dates(published=published, modified=modified)


def _is_month_first(head: Head, language: str, url: str) -> bool:
    """Whether `03/04/2024` is the fourth of March: in English, where no other country is named.

    What templates declare counts on pages that are in English.
    """
    if find_host(url).partition(":")[0].endswith(_DAY_FIRST_HOSTS):
        return False
    if language not in {"", "en"}:
        return False
    tags = (head.language, head.meta("og:locale"), head.meta("content-language"))
    for tag in tags:
        name, _, region = tag.lower().replace("_", "-").partition("-")
        if name == "en" and region:
            return region in _MONTH_FIRST
    return language == "en"


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


def _declared_texts(head: Head, article: Node) -> Iterator[str]:
    """What tells machines the date of publication, most trusted first."""
    yield text_of(article.get("datePublished"))
    yield from _metas(head, _PUBLISHED)
    yield from head.item_all("datepublished")
    yield text_of(article.get("uploadDate"))
    yield from head.item_all("datecreated")
    yield text_of(article.get("dateCreated"))
    for key in filter(_NAMED_SO.fullmatch, head.metas):
        yield head.meta(key)


def _metas(head: Head, keys: Sequence[str]) -> Iterator[str]:
    """The values that the page gives of so many keys: of few."""
    return (head.meta(key) for key in keys if key in head.metas)


def _shown_texts(head: Head, url: str, text_lines: Sequence[str], line_above: str) -> Iterator[str]:
    """What else may hold the date of publication, most trusted first."""
    yield from _stamps(head, "publish", "pubdate", "published", "dt-published", "entry-date")
    yield _date_of_url(url or head.canonical)
    near = [stamp for stamp in head.stamps if stamp.after_heading and _is_of_story(stamp)]
    for stamp in near[:1]:
        yield stamp.datetime or stamp.text
    for dateline in _read_lines(head, text_lines):
        yield dateline.published
    for line in head.above_heading:
        if _may_date(line) and tells_publication(line) and not is_sentence(line):
            yield split_dateline(line).published
    for stamp in [stamp for stamp in head.stamps if _is_of_story(stamp)][:1]:
        yield stamp.datetime or stamp.text
    # The only date that a page shows is most often of both, whatever its word: so it was on two of
    # three development pages that give no other.
    for stamp in [stamp for stamp in head.stamps if not stamp.is_beside][:1]:
        yield stamp.datetime or stamp.text
    for dateline in _read_lines(head, text_lines, of_change=True):
        yield dateline.changed
    if _may_date(head.before_heading) and not is_sentence(head.before_heading):
        yield split_dateline(head.before_heading).published
    if is_date_alone(line_above):
        yield split_dateline(line_above).published


def _declared_changes(head: Head, article: Node) -> Iterator[str]:
    """What tells machines the date of a change, most trusted first."""
    yield text_of(article.get("dateModified"))
    yield from _metas(head, _MODIFIED)
    yield from head.item_all("datemodified")


def _shown_changes(head: Head, text_lines: Sequence[str]) -> Iterator[str]:
    """What else may hold the date of a change, most trusted first."""
    yield from _stamps(head, "modif", "updat")
    for stamp in head.stamps:
        if not stamp.is_beside and _is_changed(stamp.text):
            yield stamp.datetime or stamp.text
    for dateline in _read_lines(head, text_lines, of_change=True):
        yield dateline.changed


def _read_lines(
    head: Head, text_lines: Sequence[str], *, of_change: bool = False
) -> Iterator[Dateline]:
    """Visible lines that may give dates, the most telling first; no sentences.

    Those near the headline that say so of themselves come before those that are marked as dates,
    as the years of a chronology are too.
    """
    near = list(filter(_may_date, (*head.near_heading, *text_lines)))
    if not of_change:
        yield from _split_each(filter(tells_publication, near))
    dated = [line for line in head.datelines if _may_date(line.text)]
    if of_change:
        changed = {line.label for line in dated if split_dateline(line.text).changed}
        marked = [line for line in dated if line.label in changed]
    else:
        marked = [line for line in dated if not _CHANGE.search(line.label)]
    late = _find_late(marked)
    first, last = (
        [line.text for line in marked if (line.label in late) is is_late]
        for is_late in (False, True)
    )
    yield from _split_each((*first, *near, *last))


def _split_each(texts: Iterable[str]) -> Iterator[Dateline]:
    return (split_dateline(text) for text in texts if not is_sentence(text))


def _find_late(dated: Sequence[Line]) -> set[str]:
    """The labels of lines marked up alike whose dates differ, as on cards of other stories."""
    alike: dict[str, set[str]] = defaultdict(set)
    for line in dated:
        alike[line.label].add(line.text)
    return {label for label, texts in alike.items() if len(texts) > 1 and _do_dates_differ(texts)}


def _do_dates_differ(texts: Iterable[str]) -> bool:
    dates = filter(None, map(read_date, texts))
    first = next(dates, "")
    return any(each != first for each in dates)


def _may_date(line: str) -> bool:
    """Whether a line may be a date of the story. That of a copyright is the site's."""
    return len(line) <= _MAX_DATE_LINE and _DIGIT.search(line) is not None and "©" not in line


def _is_of_story(stamp: Stamp) -> bool:
    is_change = _CHANGE.search(stamp.label) or _is_changed(stamp.text)
    return not stamp.is_beside and not is_change


def _is_changed(text: str) -> bool:
    """Whether a text says of its date that it is of a change, and of nothing else."""
    dateline = split_dateline(text)
    return bool(dateline.changed) and not _DIGIT.search(dateline.published)


def _stamps(head: Head, *words: str) -> Iterator[str]:
    """The `<time>` elements whose class or itemprop holds one of the words."""
    for stamp in head.stamps:
        if not stamp.is_beside and any(word in stamp.label for word in words):
            yield stamp.datetime or stamp.text


def _date_of_url(url: str) -> str:
    path = split_address(url).path if url else ""
    found = (pattern.search(path) for pattern in _URL_DATES)
    match = next(filter(None, found), None)
    return f"{match['year']}-{int(match['month']):02}-{int(match['day']):02}" if match else ""
