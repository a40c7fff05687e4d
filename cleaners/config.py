"""All that can be set in the cleaner. Every default has its unit and its reason."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal, get_args

from cleaners.errors import ConfigError

Witness = Literal["never", "unsure", "always"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanConfig:
    """How `clean_html` works.

    Raises:
        ConfigError: a field has a value it cannot have.
    """

    # Bytes. Real news pages end near 10 MB; beyond 50 MB a page is an export or an attack.
    max_page_bytes: int = 50_000_000
    # When to ask trafilatura for a second opinion: it costs about six times the cleaner itself.
    witness: Witness = "never"
    # Probability below which `witness="unsure"` asks.
    unsure_below: float = 0.5
    # Read title, authors, dates, page type and the rest. Off saves time where only text is wanted;
    # section fronts then come out as text, for nobody asks what kind of page it is.
    with_metadata: bool = True
    # Record links and emphasis so that Markdown and HTML can show them.
    with_markup: bool = False
    # Kinds of block that are off by default in `.text`.
    keep_title: bool = False
    keep_byline: bool = False
    keep_captions: bool = False
    keep_tables: bool = True
    # Boxes of facts beside a news story, where the template names them so.
    keep_fact_boxes: bool = False
    # Run the residue rules over the kept blocks, as `clean_text` does.
    residue_rules: bool = True

    def __post_init__(self) -> None:
        _check_switches(self)
        if type(self.max_page_bytes) is not int or self.max_page_bytes < 0:
            raise ConfigError(
                "CleanConfig.max_page_bytes", self.max_page_bytes, "a whole number of bytes"
            )
        if self.witness not in get_args(Witness):
            allowed = " or ".join(f'"{each}"' for each in get_args(Witness))
            raise ConfigError("CleanConfig.witness", self.witness, allowed)
        _check_share("CleanConfig.unsure_below", self.unsure_below)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextConfig:
    """How `clean_text` works.

    Raises:
        ConfigError: a field has a value it cannot have.
    """

    # Share of characters (0..1) beyond which removal is not believed and the input is returned.
    # Up to four fifths of other extractors' outputs on news pages were residue (a site's menu,
    # a programme), and a brief of one paragraph can be a twelfth of what stands under it.
    max_removed: float = 0.95

    def __post_init__(self) -> None:
        _check_share("TextConfig.max_removed", self.max_removed)


def _check_switches(config: CleanConfig) -> None:
    for field in fields(config):
        value = getattr(config, field.name)
        if field.type == "bool" and not isinstance(value, bool):
            raise ConfigError(f"CleanConfig.{field.name}", value, "True or False")


def _check_share(setting: str, value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 1:
        raise ConfigError(setting, value, "a number from 0 to 1")
