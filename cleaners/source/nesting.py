"""Page bytes in, `PageTooComplex` out where a parser would nest or repeat elements without end.

The rules are those of WHATWG HTML section 13.2.6 for the elements that stay open, on names alone.
Wherever the outcome hangs on something not followed here (the old or the new `<select>`, quirks,
templates), both are taken for possible: `OpenStack.close` with `is_sure=False`.
"""

from __future__ import annotations

import re

from cleaners.errors import PageTooComplex
from cleaners.source.openstack import FORMATTING, MAX_DEPTH, OpenStack
from cleaners.source.tagsoup import RAW, Tag, TagSoup, list_names

MAX_ATTRIBUTES = 14_000
"""Attributes on one tag. Real tags end near 100; 14,000 parse in a third of a second."""
MAX_LOOKUPS = 1_000_000_000
"""Attributes times different names: each name is looked for among those met before, at 3 ns each
where all share one place in lexbor's table."""
# The squares of these numbers, summed over all tags: comparisons at 3 ns each.
_MAX_COMPARISONS = 200_000_000
# Different names of elements and attributes. lexbor's table of names does not grow: 80,000 take
# three seconds. Real pages hold a few hundred.
_MAX_NAMES = 50_000

_VOID = frozenset(
    b"area base basefont bgsound br col embed frame hr image img input keygen link meta param "
    b"source track wbr".split()
)
_IGNORED = frozenset(b"html head body frameset".split())
# Framesets nest without end, and other elements are ignored inside them, raw text too.
_FRAMESET = re.compile(rb"<frameset", re.IGNORECASE)
_HEADINGS = frozenset(b"h1 h2 h3 h4 h5 h6".split())
_CLOSE_P = _HEADINGS | frozenset(
    b"address article aside blockquote center details dialog dir div dl fieldset figcaption figure "
    b"footer header hgroup main menu nav ol p search section summary ul pre listing plaintext hr "
    b"xmp li dd dt form".split()
)
_LISTED = frozenset((b"ol", b"ul"))
_TABLE = frozenset(b"table tbody thead tfoot tr td th caption colgroup".split())
_IN_TABLE = frozenset(b"table tbody thead tfoot tr colgroup".split())
_GROUPS = frozenset(b"tbody thead tfoot".split())
_TEMPLATE = frozenset((b"template",))
_TABLE_BOUNDS = frozenset(b"table template".split())
_DRAWING = frozenset((b"svg", b"math"))
# Elements of drawings in which HTML goes on, under names that no HTML element has.
_IN_SVG = frozenset(b"title desc foreignobject".split())
_IN_MATH = frozenset(b"mi mo mn ms mtext annotation-xml".split())
_INTEGRATION = {name: b"drawn:" + name for name in (*_IN_SVG, *_IN_MATH)}
_SCOPE = frozenset(b"applet caption table td th marquee object template".split()) | frozenset(
    _INTEGRATION.values()
)
_BUTTON_SCOPE = _SCOPE | {b"button"}
_LIST_SCOPE = _SCOPE | _LISTED
# Entries whose end tag closes them wherever they stand in scope.
_BLOCKS = frozenset(
    b"address article aside blockquote button center details dialog dir div dl fieldset figcaption "
    b"figure footer header hgroup listing main menu nav ol pre search section summary ul "
    b"applet marquee object dd dt".split()
)
_P, _LI, _DD_DT, _SELECT, _IMPLIED = (
    frozenset(names.split()) for names in (b"p", b"li", b"dd dt", b"select", b"p li dd dt")
)
_ENTRIES = _BLOCKS | _HEADINGS | _LISTED | _TABLE | {b"p", b"li", b"form", b"select", b"template"}
_LIST_STOPS = (_ENTRIES | frozenset(_INTEGRATION.values())) - {
    b"address", b"div", b"p", b"li", b"dd", b"dt",
}  # fmt: skip
# Entries that one version of the standard calls special, and another does not know.
_UNSURE = frozenset(b"dialog search summary".split())
# Section 13.2.6.5: these end a drawing.
_BREAKOUT = _HEADINGS | frozenset(
    b"b big blockquote body br center code dd div dl dt em embed font head hr i img li listing "
    b"menu meta nobr ol p pre ruby s small span strong strike sub sup table tt u ul var".split()
)


def refuse_nesting(page: bytes) -> None:
    """Follow all tags of the page.

    Raises:
        PageTooComplex: more elements are open at once, or opened again, than on any real page.
    """
    if len(_FRAMESET.findall(page)) > MAX_DEPTH:
        raise PageTooComplex(f"more than {MAX_DEPTH} framesets")
    _Follower(page).run()


class _Follower:
    """One pass over the tags."""

    def __init__(self, page: bytes) -> None:
        self._soup = TagSoup(page)
        self._stack = OpenStack()
        self._names: set[bytes] = set()
        self._root_attributes = 0
        self._comparisons = 0
        self._lookups = 0
        # Whether a form is open: True, False, or None for perhaps.
        self._form: bool | None = False
        # Whether a template began as part of a table: there the parser leaves much out.
        self._is_template_table = False

    def run(self) -> None:
        """Raise, or come to the end."""
        stack = self._stack
        while (tag := self._soup.next_tag()) is not None:
            stack.count_look()
            self._count_names(tag)
            if tag.name == b"![cdata[":
                self._pass_cdata()
            elif tag.is_end:
                self._end(tag.name)
            elif tag.name == b"plaintext" and not self._may_be_drawing():
                return
            else:
                self._start(tag)

    def _count_names(self, tag: Tag) -> None:
        self._names.add(tag.name)
        if tag.attributes:
            names = list_names(tag.attributes)
            self._names.update(names)
            count = len(names)
            if tag.name in _IGNORED:
                # The attributes of a second `<body>` or `<html>` go to the first.
                self._root_attributes += count
                self._comparisons += len(names) * self._root_attributes
                count = self._root_attributes
            if count > MAX_ATTRIBUTES:
                raise PageTooComplex(f"a tag holds more than {MAX_ATTRIBUTES} attributes")
            self._comparisons += len(names) ** 2
            self._lookups += len(names) * len(self._names)
        if len(self._names) > _MAX_NAMES or self._lookups > MAX_LOOKUPS:
            raise PageTooComplex("too many different names of elements and attributes")
        if self._comparisons > _MAX_COMPARISONS:
            raise PageTooComplex("too many tags of too many attributes")

    def _is_drawing(self) -> bool:
        top = self._stack.top
        return top.is_sure and top.name in _DRAWING

    def _may_be_drawing(self) -> bool:
        stack = self._stack
        if not (stack.open[b"svg"] or stack.open[b"math"]):
            return False
        return not stack.top.is_sure or stack.top.name in _DRAWING

    def _pass_cdata(self) -> None:
        if not self._may_be_drawing():
            self._soup.pass_bogus()
        elif self._is_drawing() or self._soup.is_plain_cdata():
            self._soup.pass_cdata()
        else:
            self._stack.add_rest(*self._soup.count_rest())
            self._soup.pass_all()

    # One branch a rule of the standard.
    def _start(self, tag: Tag) -> None:  # noqa: C901
        stack, name = self._stack, tag.name
        if self._is_drawing() and not self._start_drawn(tag):
            return
        if name in RAW:
            self._start_raw(name)
        elif name in _VOID:
            if name == b"input" and stack.open[b"select"]:
                stack.close(_SELECT, _TEMPLATE, is_sure=False)
            elif name == b"col" and stack.open[b"template"]:
                self._is_template_table = True
            elif name == b"hr":
                self._close_p()
        elif name in _IGNORED:
            return
        elif name in _DRAWING:
            if not tag.is_self_closing:
                stack.push(name, is_sure=self._is_plain())
        elif name in _TABLE:
            self._start_table(name)
        elif name in _ENTRIES:
            self._start_entry(name)
        else:
            self._start_inline(tag)

    def _is_plain(self) -> bool:
        """Whether the parser surely opens what it is told to."""
        if not self._stack.open[b"template"]:
            self._is_template_table = False
        return not (
            self._stack.open[b"select"] or self._is_template_table or self._may_be_drawing()
        )

    def _close(self, targets: frozenset[bytes], bounds: frozenset[bytes]) -> None:
        self._stack.close(targets, bounds, is_sure=not self._stack.open[b"select"])

    def _close_p(self) -> None:
        if self._stack.open[b"p"]:
            self._close(_P, _BUTTON_SCOPE)

    def _start_drawn(self, tag: Tag) -> bool:
        """A start tag inside a drawing; whether it ends the drawing and is to be read as HTML."""
        stack, name = self._stack, tag.name
        if name in _BREAKOUT:
            if name == b"font":
                stack.close(_DRAWING, _SCOPE, is_sure=False)
            else:
                while self._is_drawing():
                    stack.close(_DRAWING, frozenset())
            return True
        if tag.is_self_closing:
            return False
        if name in (_IN_SVG if stack.top.name == b"svg" else _IN_MATH):
            stack.push(_INTEGRATION[name], is_sure=name != b"annotation-xml")
        else:
            stack.push_inline(name, b"")
        return False

    def _start_raw(self, name: bytes) -> None:
        stack = self._stack
        if name == b"xmp":
            self._close_p()
        is_certain = not self._may_be_drawing()
        if stack.open[b"select"] and name != b"script":
            is_certain = False
            stack.close(_SELECT, _TEMPLATE, is_sure=False)
        if is_certain or self._soup.is_plain_raw(name):
            self._soup.pass_raw(name)
        else:
            stack.add_rest(*self._soup.count_rest())
            self._soup.pass_all()

    def _start_table(self, name: bytes) -> None:
        stack = self._stack
        index = stack.nearest(_TABLE | _TEMPLATE)
        inner = stack.at(index) if index >= 0 else None
        if inner is not None and inner.name == b"template" and name != b"table":
            self._is_template_table = True
        is_sure = self._is_plain() and (inner is None or inner.is_sure)
        if name == b"table":
            if inner is not None and inner.name in _IN_TABLE:
                stack.close(frozenset((b"table",)), _TEMPLATE, is_sure=is_sure)
            # In quirks mode a paragraph holds tables.
            if stack.open[b"p"]:
                stack.close(_P, _BUTTON_SCOPE, is_sure=False)
            stack.push(name, is_sure=is_sure)
            return
        if inner is None and is_sure:
            return
        stops = {b"tr", *_GROUPS} if name in {b"td", b"th"} else _GROUPS if name == b"tr" else ()
        index = stack.nearest(frozenset((b"table", b"template", *stops)))
        is_sure = is_sure and index >= 0 and stack.at(index).is_sure
        at = stack.at(index).name if index >= 0 else b""
        if is_sure:
            stack.cut_above(index)
        elif index >= 0:
            stack.doubt_from(index + 1)
        if name in {b"td", b"th", b"tr"} and at not in {b"tr", *_GROUPS}:
            stack.push(b"tbody", is_sure=is_sure)
        if name in {b"td", b"th"} and at != b"tr":
            stack.push(b"tr", is_sure=is_sure)
        stack.push(name, is_sure=is_sure)

    def _start_entry(self, name: bytes) -> None:  # noqa: C901
        stack = self._stack
        is_sure = self._is_plain() and name not in _UNSURE
        if name == b"select":
            if stack.open[name]:
                stack.close(_SELECT, _TEMPLATE, is_sure=False)
            stack.push(name, is_sure=is_sure)
            return
        if name == b"form" and (is_sure is False or self._form is not False):
            if self._form and is_sure:
                return
            self._form = None
            is_sure = False
        if name == b"li" and stack.open[name]:
            self._close(_LI, _LIST_STOPS | _DD_DT)
        elif name in _DD_DT and (stack.open[b"dd"] or stack.open[b"dt"]):
            self._close(_DD_DT, _LIST_STOPS | _LI)
        elif name == b"button" and stack.open[name]:
            self._close(frozenset((name,)), _SCOPE)
        if name in _CLOSE_P and stack.open[b"p"]:
            stack.close(_P, _BUTTON_SCOPE, is_sure=self._is_plain() and name not in _UNSURE)
        if name in _HEADINGS and stack.top.name in _HEADINGS:
            is_plain = not stack.top.inlines and not stack.has_loose and stack.top.is_sure
            stack.close(_HEADINGS, frozenset(), is_sure=is_plain)
        if name == b"form":
            index = stack.nearest(_TABLE | _TEMPLATE)
            self._form = True if is_sure else None
            if index >= 0 and stack.at(index).name in _IN_TABLE:
                if stack.at(index).is_sure:
                    return
                is_sure = False
        stack.push(name, is_sure=is_sure)

    def _start_inline(self, tag: Tag) -> None:
        stack, name = self._stack, tag.name
        if name in {b"a", b"option"} and not (stack.has_loose and name == b"option"):
            stack.pop_inline(name)
        stack.push_inline(name, tag.attributes if name in FORMATTING else b"")

    def _end(self, name: bytes) -> None:  # noqa: C901, PLR0912
        stack = self._stack
        if self._is_drawing():
            if name in {b"p", b"br"}:
                stack.close(_DRAWING, frozenset(), is_sure=False)
                return
            if stack.pop_drawn(name):
                return
            if name == stack.top.name:
                stack.close(_DRAWING, frozenset())
                return
        if name in _TABLE:
            self._close(frozenset((name,)), _TABLE_BOUNDS)
        elif name in _INTEGRATION and _INTEGRATION[name] == stack.top.name:
            is_sure = not stack.top.inlines and not stack.has_loose
            stack.close(frozenset((stack.top.name,)), frozenset(), is_sure=is_sure)
        elif name in _DRAWING:
            if stack.open[name]:
                stack.close(_DRAWING, frozenset(), is_sure=False)
        elif name == b"template":
            if stack.open[name]:
                stack.close(_TEMPLATE, frozenset())
        elif name == b"form":
            self._end_form()
        elif name in _ENTRIES:
            self._end_entry(name)
        elif not stack.pop_inline(name) and stack.top.name in _DRAWING and stack.holds_below(name):
            stack.close(_DRAWING, frozenset(), is_sure=False)

    def _end_entry(self, name: bytes) -> None:
        stack = self._stack
        if not stack.open[name] and name not in _HEADINGS:
            return
        if name == b"select":
            stack.close(_SELECT, _SCOPE)
        elif name in _HEADINGS:
            self._close(_HEADINGS, _SCOPE)
        elif name == b"p":
            self._close(_P, _BUTTON_SCOPE)
        elif name == b"li":
            self._close(_LI, _LIST_SCOPE)
        elif name in _BLOCKS:
            stack.close(frozenset((name,)), _SCOPE, is_sure=not stack.open[b"select"])
        elif stack.top.name == name:
            # What no rule names closes only where no special element stands in between.
            stack.close(frozenset((name,)), frozenset(), is_sure=stack.top.is_sure)
        else:
            stack.close(frozenset((name,)), _SCOPE, is_sure=False)

    def _end_form(self) -> None:
        stack = self._stack
        if stack.open[b"template"] or stack.open[b"select"]:
            stack.close(frozenset((b"form",)), frozenset(), is_sure=False)
            self._form = None
            return
        self._form = False if self._form is not None else None
        index = stack.nearest(_SCOPE | {b"form"})
        if index < 0 or stack.at(index).name != b"form":
            return
        while stack.top.name in _IMPLIED:
            is_sure = not stack.top.inlines and not stack.has_loose
            if not stack.close(_IMPLIED, frozenset(), is_sure=is_sure):
                break
        if stack.at(index).is_sure:
            stack.remove(index)
        else:
            stack.doubt_from(index)
