"""Texts and container names in, scores of their tokens out.

A token is a 64-bit hash of a word, of a run of words at a block's edge, or of a piece of a class,
id or role. A learned table gives some of them a score: the log-odds that text with this token is
article text, estimated with one vote a site. Unknown tokens score 0.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleaners.labels import Labels
from cleaners.letters import (
    DIGIT,
    LOWER,
    SPACE,
    UPPER,
    Floats,
    Hashes,
    Ints,
    Letters,
    hash_slices,
    hash_summed,
    mix_hashes,
)

# Blocks up to this many words are menu items, headings, prompts: every word of them counts.
_SHORT_WORDS = 25
# Up to this many words the whole text is a token.
_WHOLE_WORDS = 6
# Bits of the lower half of a hash.
_HALF = np.uint64(32)
# Tell tokens of the same words apart, in the upper half of their hashes, the only one looked up.
_SALTS = tuple(np.uint64(salt << 32) for salt in (0x51ED270B, 0x9E3779B1, 0x85EBCA6B))
_FIRST, _WHOLE, _PAIR = _SALTS
_EDGE_SALTS = np.array((_FIRST, _FIRST, _FIRST, _WHOLE))[:, None]
# Buckets of a table are numbered by so many upper bits of the hash. One in a thousand holds more
# than two entries; what stands third is never found.
_BITS = 17
_SHIFT = np.uint32(32 - _BITS)
_BUCKET = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenTable:
    """Scores by the upper 32 bits of the hash, `hashes` ascending.

    `starts` says where the entries of each bucket begin; `build_table` makes it.
    """

    hashes: NDArray[np.uint32]
    scores: Floats
    starts: NDArray[np.int32]

    def entries(self) -> tuple[NDArray[np.uint32], Floats]:
        """The hashes and scores that the table was built from."""
        return self.hashes[:-_BUCKET], self.scores[:-_BUCKET]

    def look_up(self, tokens: Hashes) -> Floats:
        """The score of each token, 0 where unknown. Costs a tenth of a binary search."""
        wanted = (tokens >> _HALF).astype(np.uint32)
        first = self.starts.take(wanted >> _SHIFT)
        second = first + 1
        found: Floats = self.scores.take(first) * (self.hashes.take(first) == wanted)
        found += self.scores.take(second) * (self.hashes.take(second) == wanted)
        return found


def build_table(hashes: NDArray[np.uint32], scores: Floats) -> TokenTable:
    """The table of ascending `hashes` and their `scores`."""
    # Padding lets look-ups run over the end; its score is that of an unknown token.
    padding = np.zeros(_BUCKET, np.uint32)
    return TokenTable(
        hashes=np.concatenate((hashes, padding)),
        scores=np.concatenate((scores, padding)).astype(np.float32),
        starts=np.searchsorted(hashes, np.arange(1 << _BITS, dtype=np.uint32) << _SHIFT).astype(
            np.int32
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """Token hashes and, for each, the number of the text or name it belongs to."""

    hashes: Hashes
    owners: Ints
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TextTokens:
    """The tokens of block texts: every word of short ones, and one row each of edge tokens.

    `edges` has the rows first word, first two, first three, whole text, last word; 0 where a text
    has too few words, or too many for the last two rows.
    """

    words: Tokens
    edges: Hashes


def list_text_tokens(letters: Letters, is_whole: NDArray[np.bool_]) -> TextTokens:
    """The tokens of blocks; `is_whole` says which texts were not clipped."""
    starts, ends = letters.bounds[:-1], letters.bounds[1:]
    sizes = ends - starts
    words = letters.words
    short = is_whole & (sizes <= _SHORT_WORDS)
    owners = np.arange(len(sizes)).repeat(sizes)
    chosen = short.take(owners)
    has_some = short & (sizes > 0)
    has_few = has_some & (sizes <= _WHOLE_WORDS)
    # Beyond a text's end this reads another one's words, and what it gives counts 0.
    reach = np.minimum((starts + 1, starts + 2, starts + 3, ends), len(words))
    edges = np.zeros((5, len(sizes)), np.uint64)
    edges[:4] = hash_slices((words >> _HALF).astype(np.uint32), starts, reach)
    edges[:4] ^= _EDGE_SALTS
    edges[:4] *= np.array((sizes > 0, sizes > 1, sizes > 2, has_few))
    # The last word is the same token as it is anywhere in a text.
    (some,) = has_some.nonzero()
    edges[4, some] = words.take(ends.take(some) - 1)
    return TextTokens(
        words=Tokens(hashes=words[chosen], owners=owners[chosen], count=len(sizes)), edges=edges
    )


def list_name_tokens(labels: Labels) -> Tokens:
    """The tokens of container names: each word whole, its pieces, and neighbouring pieces.

    `articleBody-2` has the pieces `article`, `body` and `0` (digits all count as 0), and the
    pairs of neighbours; case does not count.
    """
    classes, first = labels.classes, labels.starts
    is_piece = (classes >= LOWER) & (classes <= DIGIT)
    opens, closes = is_piece.copy(), is_piece.copy()
    opens[1:] &= ~is_piece[:-1] | ((classes[1:] == UPPER) & (classes[:-1] != UPPER))
    opens[1:] |= is_piece[1:] & ((classes[1:] == DIGIT) != (classes[:-1] == DIGIT))
    closes[:-1] = is_piece[:-1] & (~is_piece[1:] | opens[1:])
    starts, ends = opens.nonzero()[0], closes.nonzero()[0] + 1
    shown = classes != SPACE
    begins = shown.copy()
    begins[1:] &= ~shown[:-1]
    # The last character is a space.
    word_starts, word_ends = begins.nonzero()[0], (shown[:-1] & ~shown[1:]).nonzero()[0] + 1
    hashes = hash_summed(
        labels.sums, np.concatenate((starts, word_starts)), np.concatenate((ends, word_ends))
    )
    pieces, words = hashes[: len(starts)], hashes[len(starts) :] ^ _WHOLE
    # Two pieces are neighbours where at most one character and no space parts them.
    (near,) = ((starts[1:] - ends[:-1] <= 1) & shown.take(ends[:-1])).nonzero()
    pairs = mix_hashes(pieces.take(near) * np.uint64(3) + pieces.take(near + 1)) ^ _PAIR
    places = np.concatenate((starts, word_starts, starts.take(near)))
    lengths = np.append(first[1:], len(classes)) - first
    return Tokens(
        hashes=np.concatenate((pieces, words, pairs)),
        owners=np.arange(len(first)).repeat(lengths).take(places),
        count=len(first),
    )


def sum_scores(tokens: Tokens, scores: Floats, extreme: np.ufunc) -> Floats:
    """Two rows: mean (shrunk by one neutral token), and lowest or highest score of each owner.

    `scores` are those of the tokens; `extreme` is `np.minimum` or `np.maximum`. Unknown tokens,
    scored 0, do not count; an owner without known ones has 0.
    """
    (known,) = scores.nonzero()
    scores, owners = scores.take(known), tokens.owners.take(known)
    found = np.zeros((2, tokens.count), np.float32)
    sums = np.bincount(owners, scores, tokens.count)
    found[0] = sums / (np.bincount(owners, minlength=tokens.count) + 1)
    extreme.at(found[1], owners, scores)
    return found
