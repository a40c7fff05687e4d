"""Serves the example news site on loopback, for the demo crawl, the tests and a first look.

The site is a folder of plain files. Absolute URLs in it start with `http://example.test`, which is
replaced by the address of the running server as the bytes go out. What a file cannot say of itself
(its content type where the charset is left to the page, redirects, its date) is in `site.toml`,
which is not served.
"""

from __future__ import annotations

import hashlib
import sys
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import format_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path, PurePosixPath
from threading import Thread
from types import MappingProxyType
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from scraper.errors import ConfigError

PLACEHOLDER = "http://example.test"
"""The base of every absolute URL in the site's files."""

SETTINGS = "site.toml"

_CONTENT_TYPES = MappingProxyType(
    {
        ".html": "text/html; charset=utf-8",
        ".xml": "application/xml; charset=utf-8",
        ".rss": "application/rss+xml; charset=utf-8",
        ".txt": "text/plain; charset=utf-8",
        ".css": "text/css; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".json": "application/json",
        ".svg": "image/svg+xml",
        ".pdf": "application/pdf",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A folder to serve and what its `site.toml` says.

    `content_types` maps a URL path to the whole Content-Type header, `redirects` a URL path to
    its status and target. `modified` is the Last-Modified header of every file, or empty.
    """

    folder: Path
    content_types: Mapping[str, str]
    redirects: Mapping[str, tuple[int, str]]
    modified: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reply:
    """One answer before it is written: status, headers, body."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""


def find_site() -> Path:
    """The folder of the example site: beside the package in a checkout, inside it in a wheel.

    Raises:
        ConfigError: neither is there.
    """
    package = Path(str(files("scraper")))
    for folder in (package / "demo_site", package.parent / "examples" / "site"):
        if (folder / SETTINGS).is_file():
            return folder
    raise ConfigError(f"the example site is missing: no {SETTINGS} in {package / 'demo_site'}")


def read_site(folder: Path) -> Site:
    """The site in `folder`, its settings read; a folder without `site.toml` is served plainly.

    Raises:
        ConfigError: the folder is not there, or `site.toml` is not as it should be.
    """
    if not folder.is_dir():
        raise ConfigError(f"{folder}: no such folder to serve")
    settings = folder / SETTINGS
    try:
        table = tomllib.loads(settings.read_text("utf-8")) if settings.is_file() else {}
        modified = table.get("modified")
        return Site(
            folder=folder.resolve(),
            content_types=MappingProxyType(dict(table.get("content_types", {}))),
            redirects=MappingProxyType(
                {row["from"]: (int(row["status"]), row["to"]) for row in table.get("redirect", [])}
            ),
            modified=format_datetime(modified, usegmt=True) if modified else "",
        )
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise ConfigError(f"{settings}: {error}") from error


@contextmanager
def serve_site(folder: Path, *, host: str = "127.0.0.1", port: int = 0) -> Iterator[str]:
    """The base URL (no final slash) of a server of `folder`, for as long as the block runs.

    Port 0 takes a free one. The server answers GET and HEAD, from threads of its own.

    Raises:
        ConfigError: the folder cannot be served or the address cannot be bound.

        with serve_site(find_site()) as base:
            ...  # f"{base}/rss.xml"
    """
    site = read_site(folder)
    try:
        server = _Server((host, port), _Handler)
    except OSError as error:
        raise ConfigError(f"cannot listen on {host}:{port}: {error.strerror}") from error
    server.site = site
    server.base = f"http://{host}:{server.server_address[1]}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server.base
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def answer_request(site: Site, base: str, target: str, if_none_match: str = "") -> _Reply:
    """The reply to a GET of `target` (path and query as in the request line)."""
    path = unquote(urlsplit(target).path)
    if path in site.redirects:
        status, to = site.redirects[path]
        return _Reply(status=status, headers=(("Location", quote(to, safe="/:?=&%#")),))
    file = _find_file(site.folder, path)
    if file is None:
        return _not_found(path)
    if file.is_dir():
        return _Reply(status=HTTPStatus.MOVED_PERMANENTLY, headers=(("Location", f"{path}/"),))
    body = _rebase(file.read_bytes(), base)
    etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    headers = [("ETag", etag), ("Cache-Control", "no-cache")]
    if site.modified:
        headers.append(("Last-Modified", site.modified))
    if etag in (tag.strip() for tag in if_none_match.split(",")):
        return _Reply(status=HTTPStatus.NOT_MODIFIED, headers=tuple(headers))
    kind = _CONTENT_TYPES.get(file.suffix, "application/octet-stream")
    headers.append(("Content-Type", site.content_types.get(path, kind)))
    return _Reply(status=HTTPStatus.OK, headers=tuple(headers), body=body)


def _find_file(folder: Path, path: str) -> Path | None:
    """The file behind a URL path, a folder that wants its final slash, or None."""
    parts = PurePosixPath(path).parts[1:]
    if "\0" in path or ".." in parts or SETTINGS in parts:
        return None
    found = folder.joinpath(*parts)
    if path.endswith("/"):
        found = found / "index.html"
    if found.is_file() or (found / "index.html").is_file():
        return found
    return None


def _rebase(body: bytes, base: str) -> bytes:
    """The body with the placeholder replaced, as it stands in HTML, in JSON and in queries."""
    for written in (str, _json_escaped, _query_escaped):
        body = body.replace(written(PLACEHOLDER).encode(), written(base).encode())
    return body


def _json_escaped(url: str) -> str:
    return url.replace("/", r"\/")


def _query_escaped(url: str) -> str:
    return quote(url, safe="")


def _not_found(path: str) -> _Reply:
    body = "<!doctype html><html lang=en><title>Not found</title><h1>Page not found</h1>"
    body += f"<p>There is nothing at {quote(path)}.</p></html>"
    return _Reply(
        status=HTTPStatus.NOT_FOUND,
        headers=(("Content-Type", "text/html; charset=utf-8"),),
        body=body.encode(),
    )


class _Server(ThreadingHTTPServer):
    """A threading server that knows its site and its own address."""

    daemon_threads = True
    site: Site
    base: str

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a client that went away; everything else is a bug and is shown."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    """Writes replies; HTTP/1.1 so that a crawler's connections stay open between pages."""

    protocol_version = "HTTP/1.1"
    server_version = "sanspub-demo"
    sys_version = ""
    timeout = 10
    # Headers and body leave in two writes; without this the second waits for an acknowledgement.
    disable_nagle_algorithm = True
    server: _Server

    def do_GET(self) -> None:
        """Answer with headers and body."""
        self._write_reply(with_body=True)

    def do_HEAD(self) -> None:
        """Answer with headers alone."""
        self._write_reply(with_body=False)

    def _write_reply(self, *, with_body: bool) -> None:
        reply = answer_request(
            self.server.site, self.server.base, self.path, self.headers.get("If-None-Match", "")
        )
        self.send_response(reply.status)
        for name, value in reply.headers:
            self.send_header(name, value)
        if reply.status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        if with_body:
            self.wfile.write(reply.body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class names it
        """Say nothing: progress belongs to the crawl."""
