"""The packaged rules, compiled once per process and only when first asked for."""

from __future__ import annotations

from functools import cache

from cleaners.matcher import Matcher, build_matcher
from cleaners.phrases import load_rules


@cache
def load_matcher() -> Matcher:
    """Return the matcher over all packaged rules."""
    return build_matcher(load_rules())
