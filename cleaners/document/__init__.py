"""A document -> what stands in it, as found: visible text, addresses, JSON-LD, headings."""
