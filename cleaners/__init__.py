"""Keeps the article and removes everything else. No I/O; importable alone."""

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
from cleaners.matcher import Matcher
from cleaners.page import clean_html
from cleaners.rulebook import compile_rules
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
