"""What the page says about itself -> `Metadata`.

Sources are asked in the order of their trust: JSON-LD of the article, OpenGraph and its kin,
microdata, `<time>`, then the visible byline and date. Nothing is guessed from today's date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from cleaners.about.authors import find_authors
from cleaners.about.head import Head
from cleaners.about.page_type import is_paywalled, judge_page_type
from cleaners.about.publication import find_dates
from cleaners.about.sections import Around, find_section
from cleaners.about.titles import (
    Titles,
    choose_title,
    cut_site,
    cut_unseen,
    join_parts,
    plain_spaces,
    split_title,
)
from cleaners.article import Metadata, PageType
from cleaners.document.addresses import find_base, find_host, is_home, is_web_address, join_address
from cleaners.document.jsonld import (
    Graph,
    Node,
    find_article,
    find_statements,
    list_of,
    parse_graph,
    text_of,
    types_of,
)
from cleaners.document.visible import strip_markup
from cleaners.words.languages import choose_language

_MAX_TAGS = 50
_TITLE_EDGE = " |-–—:·•»«›‹/~*｜："
# Lines after the title in which byline and date stand, and how often the title is looked for: it
# also stands in breadcrumbs and share buttons.
_NEAR_TITLE, _MAX_PLACES = 12, 3
# White space that a line may have more than its title, and characters that one is folded to.
_SLACK, _MOST_FOLDED = 8, 3
# An address that lacks the scheme: no folder is called so.
_HOST = re.compile(r"www\.[^/]+\.", re.IGNORECASE)
# What an address has at least one of, and what stands in those that a template did not fill.
_PATH_SIGN = re.compile(r"[/.?]")
_TEMPLATE_SIGN = re.compile(r"\{\{|\$\{|\{%|<[%?]|%7B%7B", re.IGNORECASE)
# Pages that are not the site's home, and what stands in the addresses of them alone: several words
# or a number.
_OF_STORIES = frozenset({PageType.ARTICLE, PageType.LIVE_BLOG, PageType.VIDEO})
_LIKE_STORY, _MAX_URL = re.compile(r"\w[/?].*(?:\d{2}|[-_+%][^/]*[-_+%])"), 1_000
_SITE_TYPES = (frozenset({"website"}), frozenset({"organization", "newsmediaorganization"}))


def read_metadata(
    head: Head,
    *,
    url: str = "",
    text_lines: Sequence[str] = (),
    parts: Sequence[str] = (),
    headline: str = "",
) -> Metadata:
    """The metadata of a page.

    `url` is the page's address; `text_lines` are its visible lines, of which those after the title
    are asked for a byline and a date where nothing else gives them. `parts` are the same
    lines ended where mere line breaks end them, `headline` is the one of these that is that, and
    may be empty. What the page does not say stays empty.
    """
    graph = parse_graph(head.jsonld)
    article = find_article(graph, urls=(url, head.canonical), titles=_plain_titles(head))
    said = find_statements(graph, article, titles=_plain_titles(head))
    base = find_base(url=url, canonical=head.canonical, base=head.base)
    publisher = text_of(graph.resolve(article.get("publisher")))
    site_name = _site_name(head, graph, publisher)
    host = find_host(url or head.canonical)
    titles = _list_titles(head, article)
    title = _title(head, titles, site_name=site_name, host=host, lines=(*text_lines, *parts))
    if headline and title == head.title and not titles.headings:
        title = cut_site(title, [headline], site_name=site_name, host=host)
    description = strip_markup(
        head.meta("og:description", "description", "twitter:description", "dc.description")
    )
    language = choose_language(
        _declared_languages(head, article), f"{title} {description}", text_lines
    )
    near = _lines_after_title(text_lines, title)
    if headline and parts:
        near = (*_lines_after_title(parts, headline), *near)
    dates = find_dates(
        head,
        said,
        url=url,
        language=language,
        text_lines=near,
        line_above=_line_above_title(parts or text_lines, headline or title),
    )
    # A generator dates every `WebPage`, shops and fronts too: that makes no story of them.
    own = dates if article or not said else find_dates(head, article, url=url, text_lines=near)
    page_type = judge_page_type(
        head, graph, article, url=url, has_date=bool(own.published), text_lines=text_lines
    )
    canonicals = _canonicals(head, article)
    if page_type in _OF_STORIES and _LIKE_STORY.search(url[:_MAX_URL]) and not is_home(url):
        # Templates give the home page's address on every page.
        canonicals = (each for each in canonicals if not is_home(join_address(base, each)))
    return Metadata(
        title=join_parts(title, titles),
        authors=find_authors(
            head,
            graph,
            said,
            site_names=(
                site_name,
                publisher,
                *_host_names(host),
                *_title_rest(head.title, title),
            ),
            text_lines=near,
            language=language,
            host=host,
        ),
        published=dates.published,
        modified=dates.modified,
        language=language,
        site_name=site_name,
        section=find_section(
            head,
            graph,
            article,
            Around(
                titles=(title, head.title, *_plain_titles(head)),
                urls=(url, head.canonical),
                sites=(site_name, publisher, *_host_names(host)),
            ),
        ),
        tags=_tags(head, article),
        description=description or strip_markup(text_of(said.get("description"))),
        image=_first_address(_images(head, graph, article), base),
        canonical_url=_first_address(canonicals, base),
        paywalled=is_paywalled(head, graph, article),
        page_type=page_type,
    )


def _lines_after_title(lines: Sequence[str], title: str) -> tuple[str, ...]:
    """The lines that follow the title wherever it stands; the first lines where it does not."""
    places = _find_title(lines, title)
    if not places:
        return (*_rest_of_title_line(lines, title), *lines[:_NEAR_TITLE])
    return tuple(
        line
        for place in places[:_MAX_PLACES]
        for line in lines[place + 1 : place + 1 + _NEAR_TITLE]
    )


def _line_above_title(lines: Sequence[str], title: str) -> str:
    """The line right before the first that is the title; empty where there is none."""
    place = next(iter(_find_title(lines, title)), 0)
    return lines[place - 1] if place else ""


def _find_title(lines: Sequence[str], title: str) -> list[int]:
    """The places of the lines that are the title."""
    folded = plain_spaces(title).casefold()
    least, most = len(folded) // _MOST_FOLDED, len(title) + _SLACK
    return [
        place
        for place, line in enumerate(lines if title else ())
        if least <= len(line) <= most and plain_spaces(line).strip().casefold() == folded
    ]


def _rest_of_title_line(lines: Sequence[str], title: str) -> tuple[str, ...]:
    """What follows the title in its own line."""
    rests = (line.removeprefix(title) for line in lines if title and line.startswith(title))
    return tuple(rest.strip() for rest in rests if rest.strip())[:_MAX_PLACES]


def _plain_titles(head: Head) -> tuple[str, ...]:
    return (*head.headings[:3], head.meta("og:title", "twitter:title"))


def _list_titles(head: Head, article: Node) -> Titles:
    headline = text_of(article.get("headline") or article.get("name"))
    if headline == head.title and not any("news" in name for name in types_of(article)):
        headline = ""  # Copied from the document's title, as blog software does.
    return Titles(
        headings=head.headings,
        logos=head.logos,
        subheadings=head.subheadings,
        opengraph=head.meta("og:title", "title", "dc.title", "dcterms.title", "parsely-title"),
        jsonld=headline,
        twitter=head.meta("twitter:title"),
        document=head.title,
        microdata=next(iter(head.item_all("headline")), ""),
    )


def _title(head: Head, titles: Titles, *, site_name: str, host: str, lines: Sequence[str]) -> str:
    """The headline as a reader sees it."""
    title = cut_unseen(choose_title(titles, site_name=site_name, host=host), lines)
    if titles.headings or title != head.title or any(title in line for line in lines):
        return title
    # A page whose only title is its document's shows the headline without the site's name.
    # Old layouts break lines without paragraphs, so that the byline may follow it in its line.
    shown = [
        piece
        for piece in split_title(title)
        if len(title) < 2 * len(piece) and any(line.startswith(piece) for line in lines)
    ]
    return cut_site(title, shown, site_name=site_name, host=host)


def _title_rest(document: str, title: str) -> tuple[str, ...]:
    """What the document's title says beside the headline: most often the site's name."""
    before, found, after = document.partition(title) if title else ("", "", "")
    rests = (rest.strip(_TITLE_EDGE) for rest in (before, after)) if found else ()
    return tuple(rest for rest in rests if rest)


def _site_name(head: Head, graph: Graph, publisher: str) -> str:
    said = _list_site_names(head, graph, publisher)
    # Generators write addresses, and places in their own JSON-LD, where a name belongs.
    return next((name for name in said if name and "://" not in name and name[0] != "#"), "")


def _list_site_names(head: Head, graph: Graph, publisher: str) -> Iterator[str]:
    """What each source calls the site, the most telling first; most are never asked."""
    yield head.meta("og:site_name")
    yield publisher
    yield next((name for name in map(_name_of, _list_sites(graph)) if name), "")
    yield head.meta("application-name", "apple-mobile-web-app-title", "dc.publisher")


def _list_sites(graph: Graph) -> Iterator[Node]:
    """What may be the site, telling types first: organizations are also what a story is about."""
    for types in _SITE_TYPES:
        yield from (node for node in graph.nodes if types_of(node) & types)


def _host_names(host: str) -> tuple[str, ...]:
    """The host without `www.`, and its longest label: `n-tv.de`, `n-tv`."""
    bare = host.removeprefix("www.")
    return (bare, max(bare.split("."), key=len))


def _name_of(node: Node) -> str:
    return text_of(node.get("name"))


def _declared_languages(head: Head, article: Node) -> tuple[str, ...]:
    return (
        head.language,
        text_of(article.get("inLanguage")),
        head.meta("og:locale"),
        head.meta("content-language", "language", "dc.language", "dcterms.language"),
    )


def _tags(head: Head, article: Node) -> tuple[str, ...]:
    """Keywords, each once, in order; a single value is split at its commas."""
    listed = [text_of(value) for value in list_of(article.get("keywords"))]
    listed = listed or list(head.meta_all("article:tag"))
    listed = listed or [head.meta("news_keywords", "keywords", "parsely-tags", "sailthru.tags")]
    if len(listed) == 1:
        listed = re.split(r"\s*[,;،、，]\s*", listed[0])
    tags: dict[str, str] = {}
    for tag in listed:
        cleaned = tag.strip(" #\"'")
        if cleaned and "://" not in cleaned and len(cleaned) <= 100:
            tags.setdefault(cleaned.lower(), cleaned)
    return tuple(tags.values())[:_MAX_TAGS]


def _images(head: Head, graph: Graph, article: Node) -> Iterator[str]:
    for key in ("og:image:secure_url", "og:image", "og:image:url", "twitter:image"):
        yield from head.meta_all(key)
    for each in list_of(article.get("image")) + list_of(article.get("thumbnailUrl")):
        value = graph.resolve(each)
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            yield text_of(value.get("url") or value.get("contentUrl"))
    yield head.meta("twitter:image:src", "parsely-image-url", "thumbnail")


def _canonicals(head: Head, article: Node) -> Iterator[str]:
    yield head.canonical
    yield head.meta("og:url")
    yield text_of(article.get("url"))
    page = article.get("mainEntityOfPage")
    yield text_of(page.get("@id") if isinstance(page, dict) else page)


def _first_address(written: Iterable[str], base: str) -> str:
    """The first of the addresses that is one of the web, made absolute against `base`, or empty.

    What templates leave unfilled (`{{image}}`, `null`, `#`) is no address.
    """
    for address in written:
        if not _PATH_SIGN.search(address) or _TEMPLATE_SIGN.search(address):
            continue
        bare = address.strip()
        absolute = join_address(base, f"//{bare}" if _HOST.match(bare) else bare)
        if is_web_address(absolute):
            return absolute
    return ""
