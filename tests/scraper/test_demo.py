"""The example site's server, over real loopback sockets."""

from __future__ import annotations

from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from scraper.demo import find_site, read_site, serve_site
from scraper.errors import ConfigError


def ask(base: str, path: str, *, method: str = "GET", etag: str = "") -> tuple[HTTPResponse, bytes]:
    parts = urlsplit(base)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=5)
    try:
        connection.request(method, path, headers={"If-None-Match": etag} if etag else {})
        response = connection.getresponse()
        return response, response.read()
    finally:
        connection.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "index.html").write_text('<a href="http://example.test/a.html">a</a>')
    (tmp_path / "a.html").write_text(
        r'<script>{"url":"http:\/\/example.test\/a.html"}</script>'
        '<a href="/share?u=http%3A%2F%2Fexample.test%2Fa.html">share</a>'
    )
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "index.html").write_text("sub")
    (tmp_path / "site.toml").write_text(
        "modified = 2026-01-02T03:04:05Z\n"
        '[content_types]\n"/a.html" = "text/html"\n'
        '[[redirect]]\nfrom = "/old"\nto = "/a.html"\nstatus = 301\n'
    )
    return tmp_path


def test_placeholder_is_replaced_in_html_json_and_queries(folder: Path) -> None:
    with serve_site(folder) as base:
        _, index = ask(base, "/")
        _, page = ask(base, "/a.html")
        port = base.rsplit(":", 1)[1]
    assert index.decode() == f'<a href="{base}/a.html">a</a>'
    assert rf'"http:\/\/127.0.0.1:{port}\/a.html"' in page.decode()
    assert f"u=http%3A%2F%2F127.0.0.1%3A{port}%2Fa.html" in page.decode()


def test_content_type_comes_from_suffix_unless_settings_say_otherwise(folder: Path) -> None:
    with serve_site(folder) as base:
        index, _ = ask(base, "/")
        page, _ = ask(base, "/a.html")
    assert index.getheader("Content-Type") == "text/html; charset=utf-8"
    assert page.getheader("Content-Type") == "text/html"


def test_redirect_goes_where_settings_say(folder: Path) -> None:
    with serve_site(folder) as base:
        response, _ = ask(base, "/old")
    assert (response.status, response.getheader("Location")) == (301, "/a.html")


def test_folder_without_final_slash_redirects_to_it(folder: Path) -> None:
    with serve_site(folder) as base:
        response, _ = ask(base, "/sub")
        _, body = ask(base, "/sub/")
    assert (response.status, response.getheader("Location")) == (301, "/sub/")
    assert body == b"sub"


@pytest.mark.parametrize("path", ["/none.html", "/site.toml", "/../a.html", "/%2e%2e/a", "/a%00"])
def test_what_is_not_part_of_the_site_is_not_found(folder: Path, path: str) -> None:
    with serve_site(folder) as base:
        response, body = ask(base, path)
    assert response.status == 404
    assert b"Page not found" in body


def test_known_etag_gets_304_without_body(folder: Path) -> None:
    with serve_site(folder) as base:
        first, _ = ask(base, "/")
        again, body = ask(base, "/", etag=first.getheader("ETag") or "")
    assert (again.status, body) == (304, b"")
    assert first.getheader("Last-Modified") == "Fri, 02 Jan 2026 03:04:05 GMT"


def test_head_gives_the_length_without_the_body(folder: Path) -> None:
    with serve_site(folder) as base:
        full, body = ask(base, "/sub/")
        head, nothing = ask(base, "/sub/", method="HEAD")
    assert (head.getheader("Content-Length"), nothing) == (str(len(body)), b"")
    assert full.status == head.status == 200


def test_port_in_use_is_one_clear_error(folder: Path) -> None:
    with serve_site(folder) as base:
        port = int(base.rsplit(":", 1)[1])
        with pytest.raises(ConfigError, match="cannot listen"), serve_site(folder, port=port):
            pass


def test_missing_folder_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such folder"):
        read_site(tmp_path / "none")


def test_folder_without_settings_is_served_plainly(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("plain")
    with serve_site(tmp_path) as base:
        response, body = ask(base, "/a.txt")
    assert (response.status, body) == (200, b"plain")
    assert response.getheader("Last-Modified") is None


def test_missing_example_site_is_one_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scraper.demo.SETTINGS", "none.toml")
    with pytest.raises(ConfigError, match="example site is missing"):
        find_site()


def test_wrong_settings_are_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_text('[[redirect]]\nfrom = "/a"\n')
    with pytest.raises(ConfigError, match=r"site\.toml"):
        read_site(tmp_path)


def test_example_site_names_only_files_that_exist() -> None:
    site = read_site(find_site())
    for path in (*site.content_types, *(target for _, target in site.redirects.values())):
        assert site.folder.joinpath(path.lstrip("/")).is_file(), path
