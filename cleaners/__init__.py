"""Keeps the article and removes everything else. No I/O; importable alone.

Public names are loaded when they are asked for: a crawl's own process cleans nothing, and starts
without numpy and the parser.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cleaners.article import (
        Article,
        Block,
        CleanedText,
        Kind,
        Metadata,
        PageType,
        Reason,
        Span,
        Verdict,
    )
    from cleaners.config import CleanConfig, TextConfig
    from cleaners.errors import (
        CleanerError,
        ConfigError,
        MemoryFileError,
        ModelError,
        PageTooComplex,
        PageTooLarge,
        RuleError,
    )
    from cleaners.matching.matcher import Matcher
    from cleaners.matching.rulebook import compile_rules
    from cleaners.page import clean_html
    from cleaners.sites import SiteMemory
    from cleaners.text import clean_text

__all__ = [
    "Article",
    "Block",
    "CleanConfig",
    "CleanedText",
    "CleanerError",
    "ConfigError",
    "Kind",
    "Matcher",
    "MemoryFileError",
    "Metadata",
    "ModelError",
    "PageTooComplex",
    "PageTooLarge",
    "PageType",
    "Reason",
    "RuleError",
    "SiteMemory",
    "Span",
    "TextConfig",
    "Verdict",
    "clean_html",
    "clean_text",
    "compile_rules",
]

_HOMES = {
    "CleanConfig": "config",
    "CleanerError": "errors",
    "ConfigError": "errors",
    "Matcher": "matching.matcher",
    "MemoryFileError": "errors",
    "ModelError": "errors",
    "PageTooComplex": "errors",
    "PageTooLarge": "errors",
    "RuleError": "errors",
    "SiteMemory": "sites",
    "TextConfig": "config",
    "clean_html": "page",
    "clean_text": "text",
    "compile_rules": "matching.rulebook",
}
"""Where the public names are at home; all others are what articles are made of."""


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'cleaners' has no attribute {name!r}")
    return getattr(import_module(f"cleaners.{_HOMES.get(name, 'article')}"), name)


def __dir__() -> list[str]:
    return __all__
