"""Fingerprints -> what their twins are looked up by, and whether two are of one story.

A crawl's own process asks this of every article; what makes fingerprints it leaves to its workers.
"""

from __future__ import annotations

from hashlib import blake2b
from urllib.parse import urlsplit

from scraper.states import Prints
from scraper.urls import host_of, site_key, url_key

# Bits in which the SimHashes of twins may differ: the distance of Manku, Jain and Das Sarma,
# "Detecting near-duplicates for web crawling" (2007).
MAX_DISTANCE = 3
# The same for pages that say they are one: AMP and print forms lack captions and boxes. Unrelated
# texts are 32 bits apart with a deviation of 4.
MAX_DISTANCE_SAME_ADDRESS = 18


def site_print(site: str, prints: Prints) -> int:
    """What the twins of an article on its site are looked up by: its numbers, else its words.

    Equal words have equal numbers, so one of the two finds all.
    """
    what = f"numbers {prints.numbers}" if prints.numbers else str(prints.text)
    return hash_bytes(f"{site} {what}".encode())


def address_print(site: str, canonical: str) -> int:
    """What pages that claim one canonical URL are looked up by; 0 for a claim that counts nothing.

    That is one of another site's page, and one of a front page, which is a mistake of the site's.
    """
    if not urlsplit(canonical).path.strip("/") or site_key(host_of(canonical)) != site:
        return 0
    return hash_bytes(f"address {url_key(canonical)}".encode())


def is_twin(one: Prints, other: Prints, *, same_address: bool) -> bool:
    """Whether two articles of a site are one: equal words, or SimHashes close and equal numbers.

    Two weather reports differ in nothing but their numbers. Pages that claim one canonical address
    may differ by a box or a caption.
    """
    if one.text == other.text:
        return True
    distance = ((one.sim ^ other.sim) & 0xFFFF_FFFF_FFFF_FFFF).bit_count()
    if same_address:
        return distance <= MAX_DISTANCE_SAME_ADDRESS
    return distance <= MAX_DISTANCE and 0 != one.numbers == other.numbers


def hash_bytes(data: bytes) -> int:
    """64 bits with a sign, as SQLite keeps them (BLAKE2b, RFC 7693)."""
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "big", signed=True)
