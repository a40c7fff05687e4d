"""JSON that no parser reads -> texts that one may, and what can be picked from them in any case.

Each mend may break what another text means, so each is only tried where nothing milder helped.
"""

from __future__ import annotations

import json
import re
from typing import Any

_STRING = r'"(?:[^"\\]|\\.)*+"'
_FOREIGN = re.compile(rf"({_STRING})|\b(?:undefined|NaN|(True|False))\b", re.DOTALL)
_NO_COMMA = re.compile(r'(?<=["\]}\d])(\s++)(?="[^"\\]{1,50}+"\s*+:)')
_QUOTE = re.compile(r'\\.|"', re.DOTALL)
_FIELD = re.compile(
    r'"(@type|headline|datePublished|dateModified|articleSection)"\s*+:\s*+'
    rf"({_STRING})(?=\s*+[,}}\]])"
)
_AUTHOR = re.compile(
    rf'"author"\s*+:\s*+(?:\[\s*+)?+(?:\{{[^{{}}\[\]]{{0,300}}?"name"\s*+:\s*+)?({_STRING})'
)
_ARTICLE = re.compile(r'"@type"\s*+:\s*+(?:\[\s*+)?"[^"]{0,60}?(?:Article|Posting)"')


def replace_foreign(text: str) -> str:
    """`text` with null for JavaScript's undefined and NaN, true for Python's True."""
    return _FOREIGN.sub(lambda match: match[1] or (match[2] or "null").lower(), text)


def read_front(text: str) -> str:
    """The first value of a text that goes on after it; all of the text where it has none."""
    try:
        _, end = json.JSONDecoder(strict=False).raw_decode(text)
    except (ValueError, RecursionError):
        return text
    return text[:end]


def add_commas(text: str) -> str:
    """`text` with a comma before each key that follows a value without one."""
    return _NO_COMMA.sub(r",\1", text)


def escape_quotes(text: str) -> str:
    r"""`text` with a backslash before each quotation mark that no sign of JSON stands beside.

    >>> escape_quotes('{"a": "an "old" bridge"}')
    '{"a": "an \\"old\\" bridge"}'
    """
    parts = []
    start = 0
    for match in _QUOTE.finditer(text):
        if match[0] == '"' and not _is_structural(text, match.start()):
            parts.append(text[start : match.start()] + "\\")
            start = match.start()
    return "".join(parts) + text[start:]


def pick_fields(text: str) -> dict[str, Any] | None:
    """What stands in a broken text of one article, field by field; None where it is not of one.

    Only strings that a comma or bracket follows are believed. More than one article in the text
    would be mixed up, so nothing is picked then.
    """
    if len(_ARTICLE.findall(text)) != 1:
        return None
    picked: dict[str, Any] = {}
    for key, value in _FIELD.findall(text):
        if key != "@type" or value.strip('"').endswith(("Article", "Posting")):
            picked.setdefault(key, _read_string(value))
    author = _AUTHOR.search(text)
    if author:
        picked["author"] = _read_string(author[1])
    return picked if "@type" in picked and len(picked) > 1 else None


def _is_structural(text: str, place: int) -> bool:
    """Whether a sign of JSON stands before or after the mark at `place`, white space aside."""
    before, after = place - 1, place + 1
    while before >= 0 and text[before].isspace():
        before -= 1
    while after < len(text) and text[after].isspace():
        after += 1
    return before < 0 or text[before] in "{[,:" or after >= len(text) or text[after] in ",:}]"


def _read_string(text: str) -> str:
    try:
        value = json.loads(text, strict=False)
    except ValueError:
        return text.strip('"')
    return value if isinstance(value, str) else ""
