"""An element in, the properties of schema.org that it gives out, from microdata and RDFa."""

from __future__ import annotations

from collections.abc import Mapping

OF_STORY = frozenset(
    {"author", "creator", "datepublished", "datemodified", "datecreated", "articlesection"}
)
"""Properties of which another story's must not be taken for the page's."""

# Dates in RDFa (schema.org and Dublin Core terms), by the property of schema.org that they are.
_RDFA = {
    "schema:datepublished": "datepublished", "datepublished": "datepublished",
    "dc:date": "datepublished", "dc:issued": "datepublished", "dcterms:issued": "datepublished",
    "schema:datecreated": "datecreated", "dc:created": "datecreated",
    "dcterms:created": "datecreated",
    "schema:datemodified": "datemodified", "datemodified": "datemodified",
    "dc:modified": "datemodified", "dcterms:modified": "datemodified",
}  # fmt: skip


def list_properties(tag: str, attributes: Mapping[str, str | None]) -> list[str]:
    """The properties that `itemprop` names, lower-cased, in order, and the dates of `property`.

    RDFa is read for dates only: its other values hang on elements around them. A `<meta>` with a
    `property` is OpenGraph's, and read as such.
    """
    named = attributes.get("itemprop")
    names = named.lower().split() if named else []
    said = attributes.get("property")
    if said and tag != "meta":
        names.extend(_RDFA[name] for name in said.lower().split() if name in _RDFA)
    return names
