"""The fetcher against servers that others wrote: Python's own, and nginx where it is installed."""

from __future__ import annotations

import asyncio
import functools
import gzip
import http.server
import shutil
import socket
import subprocess
import threading
import time

import pytest
from one_fetch import Names, make_config

from scraper.errors import BadStatus, FetchError
from scraper.fetch import Fetcher

STORY = "<!doctype html><title>Bridge</title>" + "<p>The council met on Monday.</p>" * 2_000


@pytest.fixture
def site(tmp_path):
    """A folder with a story, a folder in it, and the story gzipped beside it."""
    root = tmp_path / "site"
    (root / "a").mkdir(parents=True)
    (root / "story.html").write_text(STORY)
    (root / "story.html.gz").write_bytes(gzip.compress(STORY.encode()))
    (root / "a" / "index.html").write_text("<p>section")
    return root


@pytest.fixture
def python_port(site):
    """Python's `http.server` on a free port."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *args):
            return None

    handler = functools.partial(Quiet, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


@pytest.fixture
def nginx_port(site, tmp_path):
    """An nginx of our own with gzip, small buffers and keep-alive."""
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    if nginx is None:
        pytest.skip("nginx is not installed")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    config = tmp_path / "nginx.conf"
    config.write_text(
        f"daemon off; master_process off; pid {tmp_path}/pid; error_log {tmp_path}/error.log;\n"
        "events { worker_connections 64; }\n"
        "http {\n"
        "  types { text/html html; } default_type text/html; access_log off;\n"
        f"  client_body_temp_path {tmp_path}/b; proxy_temp_path {tmp_path}/p;\n"
        f"  fastcgi_temp_path {tmp_path}/f; uwsgi_temp_path {tmp_path}/u;\n"
        f"  scgi_temp_path {tmp_path}/s; gzip on; gzip_min_length 100;\n"
        f"  server {{ listen 127.0.0.1:{port}; root {site};\n"
        "    location /moved { return 301 /story.html; }\n"
        "    location /slow { gzip off; limit_rate 1k; alias " + str(site / "story.html") + "; }\n"
        "    location /gone { return 410; } }\n"
        "}\n"
    )
    with subprocess.Popen([nginx, "-c", str(config), "-p", str(tmp_path)]) as process:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.01)
        yield port
        process.terminate()


def run(port, *paths, **options):
    """The pages, or the errors in their place, of some paths fetched one after the other."""

    async def fetch_all():
        found = []
        async with Fetcher(make_config(), resolver=Names()) as fetcher:
            for path in paths:
                try:
                    found.append(
                        await fetcher.fetch(f"http://news.example:{port}{path}", **options)
                    )
                except FetchError as error:
                    found.append(error)
        return found

    return asyncio.run(fetch_all())


def test_python_server_gives_page_redirect_and_404(python_port):
    story, section, missing = run(python_port, "/story.html", "/a", "/missing")
    assert story.body.decode() == STORY
    assert story.http_version == "HTTP/1.0"
    assert section.body == b"<p>section"
    assert section.redirects[0].status == 301
    assert isinstance(missing, BadStatus)
    assert missing.status == 404


def test_python_server_says_that_a_page_has_not_changed(python_port):
    (story,) = run(python_port, "/story.html")
    (again,) = run(python_port, "/story.html", last_modified=story.last_modified)
    assert again.is_unchanged


def test_nginx_gives_gzip_redirect_and_410_over_kept_connections(nginx_port):
    story, moved, gone = run(nginx_port, "/story.html", "/moved", "/gone")
    assert story.body.decode() == STORY
    assert story.header("content-encoding") == "gzip"
    assert len(story.wire_body) < len(story.body)
    assert moved.body == story.body
    assert gone.status == 410


def test_nginx_says_that_a_page_has_not_changed(nginx_port):
    (story,) = run(nginx_port, "/story.html")
    (again,) = run(nginx_port, "/story.html", etag=story.etag)
    assert again.is_unchanged


def test_nginx_that_drips_is_left_at_the_deadline(nginx_port):
    (slow,) = run(nginx_port, "/slow", deadline_s=0.5)
    assert slow.kind == "timeout"
