"""The elements a parser holds open, as far as tags alone tell: never fewer than it really holds.

Entries are the elements that WHATWG HTML section 13.2.4.2 calls special, and drawings; all others
are counted above the entry they stand in. An entry is *sure* where the parser certainly holds it.
What may or may not have been closed stays, no longer sure, until something sure below it closes:
so the count errs on the deep side only.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from cleaners.errors import PageTooComplex

# Real pages nest below 200 levels; browsers stop at 512.
MAX_DEPTH = 5_000
# Open elements looked at, summed over all tags: what the parser does at 5 to 10 ns each.
_MAX_LOOKS = 150_000_000
# The same of this count itself, in Python; reached by no real page of 20 MB.
_MAX_STEPS = 8_000_000
# Elements made by opening unclosed formatting again in each block (section 13.2.4.3); 400 bytes
# each. Real pages of 20,000 tags stay below a tenth.
_MAX_REOPENED = 1_000_000
# "Noah's Ark": of formatting elements with the same attributes three are opened again.
_ARK = 3

FORMATTING = frozenset(b"a b big code em font i nobr s small strike strong tt u".split())
_ONE_ACTIVE = frozenset((b"a", b"nobr"))
_CELLS = frozenset((b"td", b"th", b"caption"))
_MARKERS = frozenset((b"object", b"applet", b"marquee", b"template"))


@dataclass(slots=True)
class _Inline:
    """An element that is no entry; `loose` counts the namesakes adrift when it was opened."""

    name: bytes
    attributes: bytes
    loose: int
    is_copy: bool = False


@dataclass(slots=True)
class _Entry:
    name: bytes
    is_sure: bool
    inlines: list[_Inline]


class OpenStack:
    """The stack of open elements and the list of active formatting elements."""

    def __init__(self) -> None:
        self._entries: list[_Entry] = [_Entry(name=b"body", is_sure=True, inlines=[])]
        self._depth = 1
        self._looks = 0
        self._steps = 0
        self._reopened = 0
        # Formatting among the open elements that was opened again.
        self._copies = 0
        self._is_marker_lost = False
        # How often formatting was closed with the block around it, to be opened again after it.
        self._loose: Counter[bytes] = Counter()
        self.open: Counter[bytes] = Counter()

    @property
    def top(self) -> _Entry:
        """The innermost entry."""
        return self._entries[-1]

    @property
    def has_loose(self) -> bool:
        """Whether formatting may be open that no tag here has opened."""
        return bool(self._loose)

    def count_look(self) -> None:
        """Charge one tag's look through all open elements."""
        self._looks += self._depth
        if self._looks > _MAX_LOOKS:
            raise PageTooComplex("too many tags inside too many open elements")

    def push(self, name: bytes, *, is_sure: bool = True) -> None:
        """Open an entry."""
        self._entries.append(_Entry(name=name, is_sure=is_sure, inlines=[]))
        self.open[name] += 1
        self._count_open()

    def push_inline(self, name: bytes, attributes: bytes) -> None:
        """Open an element that is no entry."""
        self.top.inlines.append(_Inline(name, attributes, self._loose[name]))
        self._count_open()

    def pop_inline(self, name: bytes) -> bool:
        """Close the innermost element where it is a `name` and surely what the parser closes."""
        inlines = self.top.inlines
        if not inlines or inlines[-1].name != name:
            return False
        if name in FORMATTING and inlines[-1].loose != self._loose[name]:
            return False
        self._copies -= inlines.pop().is_copy
        self._depth -= 1
        return True

    def pop_drawn(self, name: bytes) -> bool:
        """Inside a drawing: close the innermost `name` and all that it holds."""
        inlines = self.top.inlines
        for index in range(len(inlines) - 1, -1, -1):
            if inlines[index].name == name:
                self._count_steps(len(inlines) - index)
                self._depth -= len(inlines) - index
                del inlines[index:]
                return True
        self._count_steps(len(inlines))
        return False

    def close(
        self, targets: frozenset[bytes], bounds: frozenset[bytes], *, is_sure: bool = True
    ) -> bool:
        """Close the innermost of `targets`, and all in it, unless one of `bounds` stands before.

        Where that cannot be told for sure, nothing is closed, and what may have been is marked.
        Whether anything was closed for sure.
        """
        entries = self._entries
        if is_sure and self.top.name in targets and not self.top.inlines:
            self._cut(len(entries) - 1)
            return True
        lowest, index = 0, len(entries)
        for index in range(len(entries) - 1, 0, -1):
            entry = entries[index]
            is_target = entry.name in targets
            if not is_target and entry.name not in bounds:
                continue
            if entry.is_sure:
                if is_target and is_sure:
                    self._count_steps(len(entries) - index)
                    self._cut(index)
                    return True
                lowest = index if is_target else lowest
                break
            is_sure = False
            lowest = index if is_target else lowest
        self._count_steps(len(entries) - index)
        if lowest:
            self.doubt_from(lowest)
        return False

    def nearest(self, names: frozenset[bytes]) -> int:
        """The index of the innermost entry among `names`, or -1."""
        found = -1
        entries = self._entries
        for index in range(len(entries) - 1, 0, -1):
            if entries[index].name in names:
                found = index
                break
        self._count_steps(len(entries) - max(found, 1))
        return found

    def at(self, index: int) -> _Entry:
        """The entry at an index that `nearest` gave."""
        return self._entries[index]

    def cut_above(self, index: int) -> None:
        """Close all that the entry holds."""
        entry = self._entries[index]
        inlines = [each for each in entry.inlines if each.name in FORMATTING]
        self._depth -= len(entry.inlines)
        self._copies -= sum(each.is_copy for each in entry.inlines)
        entry.inlines.clear()
        if index + 1 < len(self._entries):
            self._cut(index + 1)
        self._reopen(inlines)

    def doubt_from(self, index: int) -> None:
        """Say of an entry and all it holds that they may be closed."""
        loosened: list[_Inline] = []
        self._count_steps(len(self._entries) - index)
        for entry in self._entries[index:]:
            entry.is_sure = False
            if entry.inlines:
                loosened.extend(each for each in entry.inlines if each.name in FORMATTING)
        self._reopen(loosened)

    def remove(self, index: int) -> None:
        """Take an entry off the stack, but not what it holds, nor its place in the tree."""
        self._steps += len(self._entries) - index
        entry = self._entries.pop(index)
        below = self._entries[index - 1].inlines
        below.append(_Inline(b"", b"", 0))
        below.extend(entry.inlines)
        self.open[entry.name] -= 1

    def holds_below(self, name: bytes) -> bool:
        """Whether a `name` that is no entry may be open right below the innermost entry."""
        below = self._entries[-2]
        return not below.is_sure or any(each.name == name for each in below.inlines)

    def add_rest(self, start_tags: int, tags: int) -> None:
        """Charge the rest of a page of which nobody knows what is markup and what is text."""
        depth = self._depth + start_tags
        if (
            depth > MAX_DEPTH
            or start_tags**2 > _MAX_REOPENED
            or self._looks + tags * depth > _MAX_LOOKS
        ):
            raise PageTooComplex("too many tags after raw text inside a drawing")

    def _cut(self, index: int) -> None:
        cut = self._entries[index:]
        del self._entries[index:]
        loosened: list[_Inline] = []
        is_cleared = False
        for position, entry in enumerate(cut):
            self.open[entry.name] -= 1
            self._depth -= 1 + len(entry.inlines)
            self._steps += 1 + len(entry.inlines)
            self._copies -= sum(each.is_copy for each in entry.inlines)
            if entry.name in _MARKERS and position:
                self._is_marker_lost = True
            # Closing a cell clears the list of active formatting elements up to its marker.
            is_cleared |= entry.name in _CELLS and entry.is_sure and not self._is_marker_lost
            if not is_cleared:
                loosened.extend(each for each in entry.inlines if each.name in FORMATTING)
            else:
                self._loose.update(each.name for each in entry.inlines if each.name in FORMATTING)
        self._reopen(loosened)

    def _reopen(self, loosened: list[_Inline]) -> None:
        """Open formatting again where the block around it was closed (section 13.2.4.3)."""
        copies: Counter[tuple[bytes, bytes]] = Counter()
        kept = []
        for inline in reversed(loosened):
            self._loose[inline.name] += 1
            is_link = inline.name in _ONE_ACTIVE
            key = (inline.name, b"" if is_link else inline.attributes)
            copies[key] += 1
            # A new link or `<nobr>` closes the one before it.
            if copies[key] <= (1 if is_link else _ARK):
                kept.append(inline)
        for inline in reversed(kept):
            self.push_inline(inline.name, inline.attributes)
            self.top.inlines[-1].is_copy = True
        self._copies += len(kept)
        # Each may be opened only in the block that follows, and so be closed with it again.
        self._reopened += self._copies
        if self._reopened > _MAX_REOPENED:
            raise PageTooComplex("unclosed formatting would be opened again in too many blocks")

    def _count_open(self) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise PageTooComplex(f"elements nest deeper than {MAX_DEPTH} levels")

    def _count_steps(self, steps: int) -> None:
        self._steps += steps
        if self._steps > _MAX_STEPS:
            raise PageTooComplex("too many tags inside too many open elements")
