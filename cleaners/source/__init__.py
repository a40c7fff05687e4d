"""Page bytes -> text, and whether it is fit to be parsed: charsets, and markup beyond any page."""
