"""Fingerprints of an article's text, to find the same story under another address."""

from __future__ import annotations

import re
import zlib

import numpy as np

from scraper.records.likeness import hash_bytes
from scraper.states import Prints

_WORD = re.compile(r"[^\W_]+")
# The same for UTF-8 whose foreign characters are folded and foreign signs gone: ASCII letters in
# lower case, and what is no ASCII letter or digit parts words. A quarter of the pattern's time.
_WORD_BYTES = bytes(
    byte if byte >= 0x80 else ord(chr(byte).lower() if chr(byte).isalnum() else " ")
    for byte in range(256)
)
_ASCII = bytes(range(0x80))
_FEW_FOREIGN = 64  # distinct ones, each of which is a pass over the text
_RUN_WORDS = 3
_BYTE_MAX = 255
# Texts with fewer numbers or words than this are twins only if all their words are equal.
_MIN_NUMBERS = 3
_MIN_WORDS = 50


def fingerprint_text(text: str) -> Prints:
    """Hash of the words, SimHash of the three-word runs, hash of the numbers.

    Case, punctuation and spacing count for nothing. Chinese, Japanese and Thai, which put no
    spaces between words, are taken character by character.
    """
    words, numbers = _cut_words(text)
    counts = len(numbers) >= _MIN_NUMBERS and len(words) >= _MIN_WORDS
    return Prints(
        text=hash_bytes(b" ".join(words)),
        sim=_simhash(words),
        numbers=hash_bytes(b" ".join(numbers)) if counts else 0,
    )


def _cut_words(text: str) -> tuple[list[bytes], list[bytes]]:
    """The words of a text in UTF-8, and those of them that are numbers."""
    data = text.encode("utf-8", "replace")
    if len(data) - len(text) <= len(text) // 8:  # Latin script, as a rule
        foreign = set(data.translate(None, _ASCII).decode())
        if len(foreign) <= _FEW_FOREIGN and not any(map(str.isdigit, foreign)):
            for character in foreign:
                folded = "".join([c if c.isalnum() else " " for c in character.casefold()])
                if folded != character:
                    data = data.replace(character.encode(), folded.encode())
            words = data.translate(_WORD_BYTES).split()
            if len(text) <= 12 * (len(words) + 1):
                return words, [word for word in words if word.isdigit()]
    spelt = _WORD.findall(text.casefold())
    if len(text) > 12 * (len(spelt) + 1):  # hardly a space anywhere
        spelt = [character for word in spelt for character in word]
    return (
        [word.encode("utf-8", "replace") for word in spelt],
        [word.encode("utf-8", "replace") for word in spelt if word.isdigit()],
    )


def _simhash(words: list[bytes]) -> int:
    """Charikar's SimHash ("Similarity estimation techniques from rounding algorithms", 2002)."""
    if not words:
        return 0
    codes = np.fromiter(map(zlib.crc32, words), dtype=np.uint64, count=len(words))
    runs = codes.copy()
    for place in range(1, min(_RUN_WORDS, len(words))):
        runs = _mix(runs[: len(words) - place]) + codes[place:]
    # A byte for each bit, eight bytes in one number: each holds the sum of as many rows as fit.
    bits = np.unpackbits(_mix(runs).astype(">u8").view(np.uint8)).view(np.uint64).reshape(-1, 8)
    sums = np.add.reduceat(bits, np.arange(0, len(bits), _BYTE_MAX))
    majority = sums.view(np.uint8).reshape(-1, 64).sum(axis=0, dtype=np.uint32) * 2 > len(bits)
    return int.from_bytes(np.packbits(majority).tobytes(), "big", signed=True)


def _mix(
    values: np.ndarray[tuple[int], np.dtype[np.uint64]],
) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    """The finaliser of SplitMix64 (Steele, Lea and Flood, 2014): every bit depends on every bit."""
    mixed = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))
