"""Which proxy a request goes through: the configured one, or what the environment says."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.request import (  # type: ignore[attr-defined] # typeshed lacks the second
    getproxies_environment,
    proxy_bypass_environment,
)

from scraper.config import FetchConfig
from scraper.config_checks import judge_proxy
from scraper.errors import ConfigError


class Proxies:
    """The choice, made once from config and environment; constant afterwards.

    The environment is read as curl and the standard library do: `http_proxy`, `https_proxy`,
    `all_proxy`, `no_proxy`, in either case, and no upper-case HTTP_PROXY under CGI.

    Raises:
        ConfigError: the environment names one that we cannot use.
    """

    def __init__(self, config: FetchConfig) -> None:
        self._by_scheme: Mapping[str, str] = {}
        if config.proxy:
            self._by_scheme = {"all": config.proxy}
        elif config.proxy_from_env:
            self._by_scheme = getproxies_environment()
        for scheme in ("http", "https", "all"):
            if problem := judge_proxy(self._by_scheme.get(scheme, "")):
                raise ConfigError(f"proxy: {problem}")

    def __bool__(self) -> bool:
        return bool(self._by_scheme)

    def choose(self, scheme: str, host: str) -> str:
        """The proxy's URL for a request, or an empty string for a direct connection."""
        proxy = self._by_scheme.get(scheme) or self._by_scheme.get("all") or ""
        if proxy and proxy_bypass_environment(host, dict(self._by_scheme)):
            return ""
        return proxy if not proxy or "://" in proxy else f"http://{proxy}"
