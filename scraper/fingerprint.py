"""Fingerprints of an article's text, to find the same story under another address."""

from __future__ import annotations

import re
import zlib
from hashlib import blake2b

import numpy as np

from scraper.states import Prints

_WORD = re.compile(r"[^\W_]+")
_RUN_WORDS = 3


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
