"""Fingerprints of an article's text, to find the same story under another address."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from hashlib import blake2b
from urllib.parse import urlsplit

import numpy as np

from scraper.states import Prints
from scraper.urls import host_of, site_key, url_key

_WORD = re.compile(r"[^\W_]+")
_RUN_WORDS = 3
# Bits in which the SimHashes of twins may differ. Three is the distance of Manku, Jain and
# Das Sarma, "Detecting near-duplicates for web crawling" (2007), and what four bands can find.
MAX_DISTANCE = 3
# The same for pages that say they are one: AMP and print forms lack captions and boxes. Unrelated
# texts are 32 bits apart with a deviation of 4.
MAX_DISTANCE_SAME_ADDRESS = 18
# Below this a SimHash of three-word runs is mostly chance.
MIN_SIM_WORDS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePrint:
    """One number that twins of a site share; `is_address` where it is of the canonical URL."""

    value: int
    is_address: bool = False


def site_prints(url: str, prints: Prints, canonical: str) -> list[SitePrint]:
    """What an article is looked up by: its text, its canonical address, bands of its SimHash.

    A canonical address that is the front page is a mistake of the site's and says nothing.
    """
    site = site_key(host_of(url))
    found = [SitePrint(value=_hash(f"{site} {prints.text}"))]
    address = canonical or url
    if urlsplit(address).path.strip("/"):
        found.append(SitePrint(value=_hash(f"address {url_key(address)}"), is_address=True))
    if prints.words >= MIN_SIM_WORDS:
        bands = [(prints.sim >> shift) & 0xFFFF for shift in (0, 16, 32, 48)]
        found += [
            SitePrint(value=_hash(f"{site} {place} {band}")) for place, band in enumerate(bands)
        ]
    return found


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
    return distance <= MAX_DISTANCE and one.numbers == other.numbers


def fingerprint_text(text: str) -> Prints:
    """Hash of the words, SimHash of the three-word runs, hash of the numbers.

    Case, punctuation and spacing count for nothing. Chinese, Japanese and Thai, which put no
    spaces between words, are taken character by character.
    """
    words = _cut_words(text)
    numbers = [word for word in words if word.isdigit()]
    return Prints(
        text=_hash(" ".join(words)),
        sim=_simhash(words),
        numbers=_hash(" ".join(numbers)),
        words=len(words),
    )


def _cut_words(text: str) -> list[str]:
    words = _WORD.findall(text.casefold())
    if len(text) > 12 * (len(words) + 1):  # hardly a space anywhere
        return [character for word in words for character in word]
    return words


def _hash(text: str) -> int:
    return int.from_bytes(
        blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "big", signed=True
    )


def _simhash(words: list[str]) -> int:
    """Charikar's SimHash ("Similarity estimation techniques from rounding algorithms", 2002)."""
    if not words:
        return 0
    codes = np.fromiter(
        (zlib.crc32(word.encode("utf-8", "replace")) for word in words), dtype=np.uint64
    )
    runs = codes.copy()
    for place in range(1, min(_RUN_WORDS, len(words))):
        runs = _mix(runs[: len(words) - place]) + codes[place:]
    bits = np.unpackbits(_mix(runs).astype(">u8").view(np.uint8)).reshape(-1, 64)
    majority = bits.sum(axis=0) * 2 > len(bits)
    return int.from_bytes(np.packbits(majority).tobytes(), "big", signed=True)


def _mix(
    values: np.ndarray[tuple[int], np.dtype[np.uint64]],
) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    """The finaliser of SplitMix64 (Steele, Lea and Flood, 2014): every bit depends on every bit."""
    mixed = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))
