"""The world outside the cleaner: fetch, crawl, store, and the command line.

Public names are loaded when they are asked for, so that `import scraper` costs nothing and brings
in neither httpx nor the cleaner. `crawl`, for programs with an event loop, is in `scraper.run`: a
module of ours has that name here.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scraper.config import FetchConfig, RobotsConfig, ThrottleConfig
    from scraper.crawl_config import CrawlConfig
    from scraper.errors import (
        AddressRefused,
        BadStatus,
        BodyTooLarge,
        ConfigError,
        ConnectFailed,
        FetchError,
        HostPaused,
        LedgerLocked,
        NameNotResolved,
        OffSite,
        OutputError,
        ProtocolFailed,
        RedirectFailed,
        RobotsRefused,
        ScraperError,
        TimedOut,
        TlsFailed,
        TypeRefused,
        UrlRefused,
    )
    from scraper.fetch import Fetcher
    from scraper.page import Page
    from scraper.run import crawl_sync

__all__ = [
    "AddressRefused",
    "BadStatus",
    "BodyTooLarge",
    "ConfigError",
    "ConnectFailed",
    "CrawlConfig",
    "FetchConfig",
    "FetchError",
    "Fetcher",
    "HostPaused",
    "LedgerLocked",
    "NameNotResolved",
    "OffSite",
    "OutputError",
    "Page",
    "ProtocolFailed",
    "RedirectFailed",
    "RobotsConfig",
    "RobotsRefused",
    "ScraperError",
    "ThrottleConfig",
    "TimedOut",
    "TlsFailed",
    "TypeRefused",
    "UrlRefused",
    "crawl_sync",
]

_HOMES = {
    "CrawlConfig": "scraper.crawl_config",
    "FetchConfig": "scraper.config",
    "Fetcher": "scraper.fetch",
    "Page": "scraper.page",
    "RobotsConfig": "scraper.config",
    "ThrottleConfig": "scraper.config",
    "crawl_sync": "scraper.run",
}
"""Where the public names are at home; all others are errors."""


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'scraper' has no attribute {name!r}")
    return getattr(import_module(_HOMES.get(name, "scraper.errors")), name)


def __dir__() -> list[str]:
    return __all__
