"""A newspaper of a few pages on loopback, whose pages a test may change while it is crawled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from time import monotonic
from typing import Any

_SENTENCE = (
    "The {word} council said on Monday that work on the {word} bridge would begin in March and "
    "that the {word} market would move across the river for as long as it lasts."
)


@dataclass
class Answer:
    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "text/html"})


@dataclass
class Paper:
    """`answers` by path; `asked` counts requests by path, `times` notes when each came."""

    base: str = ""
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    times: list[float] = field(default_factory=list)

    def story(self, path: str, word: str, *, head: str = "", links: tuple[str, ...] = ()) -> None:
        """An article of four paragraphs in which `word` makes the difference."""
        paragraphs = "".join(
            f"<p>{_SENTENCE.format(word=f'{word}{part}')}</p>"
            for part in ("", "ton", "ford", "ham")
        )
        anchors = "".join(f'<a href="{link}">Next</a>' for link in links)
        self.page(
            path,
            f"<html lang=en><head><title>{word.title()} bridge to close</title>{head}</head><body>"
            f"<nav><a href='/'>Home</a></nav><article><h1>{word.title()} bridge to close</h1>"
            f"{paragraphs}</article>{anchors}</body></html>",
        )

    def front(self, path: str, links: tuple[str, ...], *, head: str = "") -> None:
        """A front page that links to other pages."""
        items = "".join(
            f'<li><a href="{link}">A headline of some length</a></li>' for link in links
        )
        self.page(path, f"<html><head><title>Paper</title>{head}</head><ul>{items}</ul></html>")

    def page(self, path: str, body: str, **headers: str) -> None:
        data = body.encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        tag = {"ETag": f'"{sha256(data).hexdigest()[:12]}"'}
        self.answers[path] = Answer(data, headers={"Content-Type": "text/html", **tag, **named})


@contextmanager
def serve_paper() -> Iterator[Paper]:
    paper = Paper()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            paper.asked[self.path] += 1
            paper.times.append(monotonic())
            missing = Answer(b"<title>no</title>", 404)
            answer = paper.answers.get(self.path, missing)
            same = answer.headers.get("ETag", "-") == self.headers.get("If-None-Match")
            body = b"" if same else answer.body
            self.send_response(304 if same else answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if not same:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: Any) -> None:
            pass

    server = Server(("127.0.0.1", 0), Handler)
    paper.base = f"http://127.0.0.1:{server.server_address[1]}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield paper
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
