"""The example site is whole: links lead somewhere, feeds parse, encodings are as told."""

from __future__ import annotations

import json
import re
import tomllib
import xml.etree.ElementTree as ET
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from protego import Protego

from scraper.demo import PLACEHOLDER, answer_request, find_site, read_site

SITE = read_site(find_site())
PAGES = sorted(path for path in SITE.folder.rglob("*") if path.suffix in {".html", ".htm"})
FIXTURES = Path(__file__).parents[2] / "fixtures"
HREF = re.compile(r'href="([^"#]+)"', re.IGNORECASE)
JSON_LD = re.compile(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', re.DOTALL)


def names(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(SITE.folder)) for path in paths]


def url_path(page: Path) -> str:
    return "/" + str(page.relative_to(SITE.folder)).removesuffix("index.html")


def decode(page: Path) -> str:
    """The page in the charset that its header or else its markup tells, strictly."""
    headers = dict(answer_request(SITE, PLACEHOLDER, url_path(page)).headers)
    charset = re.compile(r"charset=[\"']?([\w-]+)")
    told = charset.search(headers["Content-Type"]) or charset.search(page.read_text("latin-1"))
    assert told is not None
    return page.read_bytes().decode(told[1])


def locations(name: str) -> list[str]:
    root = ET.fromstring((SITE.folder / name).read_text("utf-8"))
    return [str(node.text) for node in root.iter() if node.tag.endswith("}loc")]


def leads_somewhere(target: str) -> bool:
    return answer_request(SITE, PLACEHOLDER, target).status in {200, 301, 302}


@pytest.mark.parametrize("page", PAGES, ids=names(PAGES))
def test_links_to_pages_of_the_site_lead_somewhere(page: Path) -> None:
    base = PLACEHOLDER + url_path(page)
    links = [urljoin(base, href) for href in HREF.findall(decode(page))]
    own = [urlsplit(link).path for link in links if link.startswith(PLACEHOLDER)]
    pages = [path for path in own if not path.endswith((".css", ".js", ".php"))]
    assert [path for path in pages if not leads_somewhere(path)] == []


@pytest.mark.parametrize("page", PAGES, ids=names(PAGES))
def test_structured_data_parses(page: Path) -> None:
    for script in JSON_LD.findall(decode(page)):
        assert json.loads(script)


@pytest.mark.parametrize("page", PAGES, ids=names(PAGES))
def test_charset_that_is_told_decodes_the_page(page: Path) -> None:
    assert "\N{REPLACEMENT CHARACTER}" not in decode(page)


def test_feed_lists_pages_that_exist_with_dates_of_2026() -> None:
    items = list(ET.fromstring((SITE.folder / "rss.xml").read_text("utf-8")).iter("item"))
    assert len(items) >= 20
    for item in items:
        assert leads_somewhere(str(item.findtext("link")).removeprefix(PLACEHOLDER))
        assert " 2026 " in str(item.findtext("pubDate"))


def test_sitemaps_list_pages_that_exist() -> None:
    maps = locations("sitemap.xml")
    pages = [page for name in maps for page in locations(name.removeprefix(f"{PLACEHOLDER}/"))]
    assert len(pages) >= 30
    for url in maps + pages:
        assert leads_somewhere(url.removeprefix(PLACEHOLDER)), url


def test_robots_holds_the_preview_and_nothing_that_is_listed() -> None:
    robots = Protego.parse((SITE.folder / "robots.txt").read_text("utf-8"))
    held = [page for page in PAGES if not robots.can_fetch(PLACEHOLDER + url_path(page), "sanspub")]
    assert names(held) == ["en/preview/unpublished-budget-story.html"]
    assert list(robots.sitemaps) == [f"{PLACEHOLDER}/sitemap.xml"]


def test_every_article_page_has_a_fixture() -> None:
    claims = [tomllib.loads(path.read_text("utf-8")) for path in FIXTURES.glob("*/claims.toml")]
    claimed = {claim.get("page", "").removeprefix("examples/site/") for claim in claims}
    pages = {
        name
        for name, page in zip(names(PAGES), PAGES, strict=True)
        if b'"og:type" content="website"' not in page.read_bytes()
    }
    assert pages - claimed == {"en/preview/unpublished-budget-story.html"}
