"""The world outside the cleaner: fetch, crawl, store, and the command line.

Public names are loaded when they are asked for, so that `import scraper` costs nothing and brings
in neither httpx nor the cleaner.
"""

import sys
from importlib import import_module
from types import ModuleType
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
    from scraper.run import crawl, crawl_sync

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
    "crawl",
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


class _Package(ModuleType):
    """This package. Its `crawl` is the function, though a module of ours has that name too."""

    @property
    def crawl(self) -> Any:
        return import_module("scraper.run").crawl

    @crawl.setter
    def crawl(self, module: ModuleType) -> None:
        """Lets go of the module, which the import system puts here; `sys.modules` keeps it."""


sys.modules[__name__].__class__ = _Package
