"""Texts and container names in, scores of their tokens out.

A token is a 64-bit hash of a word, of a run of words at a block's edge, or of a piece of a class,
id or role. A learned table gives some of them a score: the log-odds that text with this token is
article text, estimated with one vote a site. Unknown tokens score 0.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleaners.cutting.labels import Labels
from cleaners.cutting.letters import (
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
# Words that the edge tokens at a text's beginning are made of; all of them for the last.
_REACH = np.array((1, 2, 3, 0))[:, None]
# Buckets of a table are numbered by so many upper bits of the hash. One in a thousand holds more
# than two entries; what stands third is never found.
_BITS = 17
_SHIFT, _BUCKET_SHIFT = np.uint32(32 - _BITS), np.uint64(64 - _BITS)
_BUCKET = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenTable:
    """Scores by the upper 32 bits of the hash, `hashes` ascending; none is 0.

    `starts` says where the entries of each bucket begin; `build_table` makes it.
    """

    hashes: NDArray[np.uint32]
    scores: Floats
    starts: NDArray[np.int32]

    def entries(self) -> tuple[NDArray[np.uint32], Floats]:
        """The hashes and scores that the table was built from."""
        return self.hashes[:-_BUCKET], self.scores[:-_BUCKET]

    def look_up(self, tokens: Hashes) -> tuple[Ints, Floats]:
        """Which of the tokens are known, ascending, and the score of each of those.

        Costs a tenth of a binary search.
        """
        wanted = (tokens >> _HALF).astype(np.uint32)
        # A view, for `take` copies indices of any other type.
        places = self.starts.take((tokens >> _BUCKET_SHIFT).view(np.int64)).astype(np.int64)
        # The second of a bucket where the first is lower.
        places += self.hashes.take(places) < wanted
        (known,) = (self.hashes.take(places) == wanted).nonzero()
        return known, self.scores.take(places.take(known))


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
    is_short = is_whole & (sizes <= _SHORT_WORDS)
    (short,) = is_short.nonzero()
    has_some = is_short & (sizes > 0)
    # Beyond a text's end this reads another one's words, and what it gives counts 0.
    reach = starts + _REACH
    reach[3] = ends
    np.minimum(reach, len(words), out=reach)
    edges = np.zeros((5, len(sizes)), np.uint64)
    is_told = sizes >= _REACH
    is_told[3] = has_some & (sizes <= _WHOLE_WORDS)
    hashes = hash_slices((words >> _HALF).astype(np.uint32), starts, reach)
    hashes ^= _EDGE_SALTS
    np.multiply(hashes, is_told, out=edges[:4])
    # The last word is the same token as it is anywhere in a text.
    (some,) = has_some.nonzero()
    edges[4, some] = words.take(ends.take(some) - 1)
    return TextTokens(
        words=Tokens(
            hashes=words.compress(is_short.repeat(sizes)),
            owners=short.repeat(sizes.take(short)),
            count=len(sizes),
        ),
        edges=edges,
    )


def list_name_tokens(labels: Labels) -> Tokens:
    """The tokens of container names: each word whole, its pieces, and neighbouring pieces.

    `articleBody-2` has the pieces `article`, `body` and `0` (digits all count as 0), and the
    pairs of neighbours; case does not count.
    """
    classes = labels.classes
    # Stretches of one class each, but that a capital may lead small letters.
    begins = np.ones(len(classes), bool)
    before, after, begins_after = classes[:-1], classes[1:], begins[1:]
    np.not_equal(after, before, out=begins_after)
    begins_after &= (after != LOWER) | (before != UPPER)
    (bounds,) = begins.nonzero()
    of_stretches = classes.take(bounds)
    (pieces,) = ((of_stretches >= LOWER) & (of_stretches <= DIGIT)).nonzero()
    shown = np.zeros(len(bounds) + 1, bool)
    np.not_equal(of_stretches, SPACE, out=shown[1:])
    (turns,) = (shown[1:] != shown[:-1]).nonzero()
    # The last stretch is a space: all that is shown ends before another one begins.
    words, word_ends = turns[::2], turns[1::2]
    starts = bounds.take(np.concatenate((pieces, words)))
    ends = bounds.take(np.concatenate((pieces + 1, word_ends)))
    hashes = hash_summed(labels.sums, starts, ends)
    count = len(pieces)
    of_pieces, of_words = hashes[:count], hashes[count:]
    of_words ^= _WHOLE
    # Two pieces are neighbours where at most one character and no space parts them.
    is_near = starts[:count][1:] - ends[:count][:-1] <= 1
    (near,) = (is_near & shown.take(pieces[:-1] + 2)).nonzero()
    pairs = mix_hashes(of_pieces.take(near) * np.uint64(3) + of_pieces.take(near + 1)) ^ _PAIR
    number = len(labels.starts)
    edges = np.empty(number + 1, np.int64)
    edges[:-1], edges[-1] = bounds.searchsorted(labels.starts), len(bounds)
    names = np.arange(number).repeat(edges[1:] - edges[:-1])
    return Tokens(
        hashes=np.concatenate((hashes, pairs)),
        owners=names.take(np.concatenate((pieces, words, pieces.take(near)))),
        count=number,
    )


def sum_scores(owners: Ints, scores: Floats, extreme: np.ufunc, count: int) -> Floats:
    """Two rows: mean (shrunk by one neutral token), and lowest or highest score of each owner.

    `scores` are those of the known tokens, and `owners` whose they are; one without any has 0.
    `extreme` is `np.minimum` or `np.maximum`, compared with 0 as well.
    """
    found = np.zeros((2, count), np.float32)
    found[0] = np.bincount(owners, scores, count) / (np.bincount(owners, minlength=count) + 1)
    extreme.at(found[1], owners, scores)
    return found
