"""Fingerprints of an article's text, to find the same story under another address."""

from __future__ import annotations

import re
import zlib
from hashlib import blake2b
from urllib.parse import urlsplit

import numpy as np

from scraper.states import Prints
from scraper.urls import host_of, site_key, url_key

_WORD = re.compile(r"[^\W_]+")
# The same for UTF-8 whose foreign signs are gone: what is no ASCII letter or digit parts words. A
# quarter of the pattern's time.
_WORD_BYTES = bytes(byte if byte >= 0x80 or chr(byte).isalnum() else 0x20 for byte in range(256))
_FOREIGN = re.compile(r"[^\x00-\x7f]")
_FEW_FOREIGN = 64  # distinct ones, each of which is a pass over the text
_RUN_WORDS = 3
# Bits in which the SimHashes of twins may differ: the distance of Manku, Jain and Das Sarma,
# "Detecting near-duplicates for web crawling" (2007).
MAX_DISTANCE = 3
# The same for pages that say they are one: AMP and print forms lack captions and boxes. Unrelated
# texts are 32 bits apart with a deviation of 4.
MAX_DISTANCE_SAME_ADDRESS = 18
# Texts with fewer numbers or words than this are twins only if all their words are equal.
_MIN_NUMBERS = 3
_MIN_WORDS = 50


def site_print(site: str, prints: Prints) -> int:
    """What the twins of an article on its site are looked up by: its numbers, else its words.

    Equal words have equal numbers, so one of the two finds all.
    """
    what = f"numbers {prints.numbers}" if prints.numbers else str(prints.text)
    return _hash(f"{site} {what}".encode())


def address_print(site: str, canonical: str) -> int:
    """What pages that claim one canonical URL are looked up by; 0 for a claim that counts nothing.

    That is one of another site's page, and one of a front page, which is a mistake of the site's.
    """
    if not urlsplit(canonical).path.strip("/") or site_key(host_of(canonical)) != site:
        return 0
    return _hash(f"address {url_key(canonical)}".encode())


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


def fingerprint_text(text: str) -> Prints:
    """Hash of the words, SimHash of the three-word runs, hash of the numbers.

    Case, punctuation and spacing count for nothing. Chinese, Japanese and Thai, which put no
    spaces between words, are taken character by character.
    """
    words, numbers = _cut_words(text)
    counts = len(numbers) >= _MIN_NUMBERS and len(words) >= _MIN_WORDS
    return Prints(
        text=_hash(b" ".join(words)),
        sim=_simhash(words),
        numbers=_hash(b" ".join(numbers)) if counts else 0,
    )


def _cut_words(text: str) -> tuple[list[bytes], list[bytes]]:
    """The words of a text in UTF-8, and those of them that are numbers."""
    folded = text.casefold()
    data = folded.encode("utf-8", "replace")
    if len(data) - len(folded) <= len(folded) // 8:  # Latin script, as a rule
        foreign = set(_FOREIGN.findall(folded))
        if len(foreign) <= _FEW_FOREIGN and not any(map(str.isdigit, foreign)):
            for character in foreign:
                if not character.isalnum():
                    data = data.replace(character.encode("utf-8", "replace"), b" ")
            words = data.translate(_WORD_BYTES).split()
            if len(text) <= 12 * (len(words) + 1):
                return words, [word for word in words if word.isdigit()]
    spelt = _WORD.findall(folded)
    if len(text) > 12 * (len(spelt) + 1):  # hardly a space anywhere
        spelt = [character for word in spelt for character in word]
    return (
        [word.encode("utf-8", "replace") for word in spelt],
        [word.encode("utf-8", "replace") for word in spelt if word.isdigit()],
    )


def _hash(data: bytes) -> int:
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "big", signed=True)


def _simhash(words: list[bytes]) -> int:
    """Charikar's SimHash ("Similarity estimation techniques from rounding algorithms", 2002)."""
    if not words:
        return 0
    codes = np.fromiter(map(zlib.crc32, words), dtype=np.uint64, count=len(words))
    runs = codes.copy()
    for place in range(1, min(_RUN_WORDS, len(words))):
        runs = _mix(runs[: len(words) - place]) + codes[place:]
    bits = np.unpackbits(_mix(runs).astype(">u8").view(np.uint8)).reshape(-1, 64)
    majority = bits.sum(axis=0, dtype=np.uint32) * 2 > len(bits)
    return int.from_bytes(np.packbits(majority).tobytes(), "big", signed=True)


def _mix(
    values: np.ndarray[tuple[int], np.dtype[np.uint64]],
) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    """The finaliser of SplitMix64 (Steele, Lea and Flood, 2014): every bit depends on every bit."""
    mixed = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))
