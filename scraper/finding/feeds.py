"""What RSS, Atom and JSON feeds name: addresses and dates.

XML is read as a stream and mended where it is broken; no entity is expanded and nothing is loaded
from elsewhere, so neither a billion laughs nor a local file can be drawn in. One bad entry costs
that entry.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from lxml import etree

from scraper.finding.xml_bytes import mend_xml, to_utf8
from scraper.urls import join_url

MAX_ENTRIES = 5_000  # real feeds hold 10 to 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that a feed or sitemap names. `changed` is Unix seconds, 0 where it says none.

    `is_index` marks a sitemap that a sitemap index names.
    """

    url: str
    changed: float = 0.0
    is_index: bool = False


def parse_feed(body: bytes) -> Iterator[Entry]:
    """The entries of an RSS 0.9 to 2.0, RDF, Atom (RFC 4287) or JSON feed, in order.

    Addresses come as they stand, perhaps relative. Something else gives nothing.
    """
    body = to_utf8(body)
    entries = _parse_json_feed(body) if body.lstrip()[:1] == b"{" else _parse_xml_feed(body)
    for count, entry in enumerate(entries):
        if count >= MAX_ENTRIES:
            return
        yield entry


def open_elements(body: bytes, *names: str) -> Iterator[etree._Element]:
    """The elements of these names, whatever their namespace, as they close.

    Each is emptied when the next is asked for. Stops in silence where nothing can be mended.
    """
    events = etree.iterparse(
        io.BytesIO(mend_xml(body)),
        events=("end",),
        tag=[f"{{*}}{name}" for name in names],
        recover=True,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for _, element in events:
            yield element
            drop_element(element)
    except etree.LxmlError:
        return


def local_name(element: etree._Element) -> str:
    """The tag without its namespace, in lower case."""
    return str(element.tag).rpartition("}")[2].lower()


def drop_element(element: etree._Element) -> None:
    """Empties an element that has been read and frees what came before it: memory stays flat."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def parse_date(text: str) -> float:
    """Unix seconds of a date as `read_date` reads it; 0 where it is none, or before 1970."""
    return max(0.0, read_date(text) or 0.0)


def read_date(text: str) -> float | None:
    """Unix seconds of an ISO 8601 (W3C date and time) or RFC 5322 date; None where it is neither.

    A date without a zone is taken as UTC. One before 1970 is negative.
    """
    text = text.strip()
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        try:
            when = parsedate_to_datetime(text)
        except ValueError:
            return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    try:
        return when.timestamp()
    except (OverflowError, ValueError):
        return None


def _parse_xml_feed(body: bytes) -> Iterator[Entry]:
    for element in open_elements(body, "item", "entry"):
        address, changed = _read_entry(element)
        if address:
            yield Entry(url=address, changed=changed)


def _read_entry(element: etree._Element) -> tuple[str, float]:
    """Address and latest date of one item. A permanent link is preferred to a tracking one."""
    link, guid, changed = "", "", 0.0
    for child in element:
        if not isinstance(child.tag, str):
            continue
        name, text = local_name(child), (child.text or "").strip()
        if name == "link":
            href = child.get("href") or text
            if href and child.get("rel", "alternate") == "alternate" and not link:
                link = _add_base(child, href)
        elif name == "origlink":  # FeedBurner's own name for the address behind its redirect
            link = text or link
        elif name == "guid" and child.get("ispermalink", child.get("isPermaLink")) != "false":
            guid = text
        elif name in {"pubdate", "published", "updated", "date", "modified"}:
            changed = max(changed, parse_date(text))
    return link or (guid if guid.startswith(("http://", "https://")) else ""), changed


def _add_base(element: etree._Element, address: str) -> str:
    """An address in an element as its `xml:base` and those around it make it (W3C XML Base)."""
    for around in (element, *element.iterancestors()):
        base = around.get("{http://www.w3.org/XML/1998/namespace}base")
        if base:
            address = join_url(base.strip(), address) or address
    return address


def _parse_json_feed(body: bytes) -> Iterator[Entry]:
    """JSON Feed 1.1 (jsonfeed.org/version/1.1)."""
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        return
    items = data.get("items") if isinstance(data, dict) else None
    for item in items if isinstance(items, list) else ():
        if not isinstance(item, dict):
            continue
        address = item.get("url") or item.get("external_url")
        dates = [item.get(name) for name in ("date_published", "date_modified")]
        if isinstance(address, str) and address:
            changed = max((parse_date(date) for date in dates if isinstance(date, str)), default=0)
            yield Entry(url=address, changed=changed)
