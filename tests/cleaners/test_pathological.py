"""Pages made to hurt end in time, within a gibibyte, with an answer or a clear error."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

_LIMIT_S = 3.0
_LIMIT_BYTES = 1 << 30
# The interpreter, numpy and the model take their share before the page arrives.
_START_S = 30
_TESTS = str(Path(__file__).parents[1])

CASES = {
    "nested tags": "'<div><b><p>' * 300_000 + 'x' * 6_700_000",
    "nested tables": "'<table><tr><td>' * 100_000",
    "one table row": "'<table><tr>' + '<td>It froze over on Monday, and they stayed in.' * 60_000",
    "nested lists": "'<ul><li>' * 300_000 + 'end'",
    "unclosed formatting": "'<b><i><a href=x><font>' * 100_000 + '<p>x'",
    "attributes on one tag": "'<p ' + ' '.join(f'a{n}=1' for n in range(1_000_000)) + '>x'",
    "attributes over many tags": "'<p a=1 b=2 c=3 d=4 e=5 f=6 g=7 h=8 i=9 j=0>x' * 10_000",
    "one text node": "'<p>' + 'word ' * 1_000_000 + '</p>'",
    "one word": "'<p>' + 'x' * 5_000_000 + '</p>'",
    "many paragraphs": "'<p>Short line.</p>' * 10_000",
    "many headings": "'<h1>a - b | c</h1>' * 10_000",
    "nested microdata": "'<div itemprop=author class=byline id=date>' * 4_000 + 'x' * 5_000_000",
    "boxes named for dialogs": (
        "''.join(f'<div class=\"modal m{n}\">x</div>' for n in range(120_000))"
    ),
    "numbered notes": (
        "'<main>' + '<p>It froze over on Monday, and they all stayed in, the town said.' * 40_000"
        " + '</main><footer>' + '<p>(7) More of the same news from the port.' * 40_000"
    ),
    "a long title": "'<title>' + 'a | b - ' * 500_000 + '</title><p>x'",
    "many metas": "'<meta name=author content=\"By A, B and C\">' * 100_000",
    "entities": "'<p>' + '&amp;&notanentity;&#x41;' * 100_000",
    "open angle brackets": "'<' * 1_000_000",
    "open comments": "'<!--' * 1_000_000",
    "open scripts": "'<script>' * 500_000",
    "deep JSON-LD": "'<script type=application/ld+json>' + '[' * 1_000_000 + '</script>'",
    "long JSON-LD": "'<script type=application/ld+json>[' + '{\"@type\":\"Article\"},' * 200_000",
    "broken JSON-LD": "'<script type=application/ld+json>{\"a\": \"' + '\\\\\\\\x/*' * 300_000",
    "legacy bytes": "b'<p>' + bytes(range(128, 256)) * 40_000",
    "white space": "'<p>' + ' \\n\\t' * 1_600_000 + '</p>x'",
}

PROGRAM = textwrap.dedent(
    """
    import resource, sys, time
    sys.path.append(sys.argv[3])
    from pace import slowness
    from cleaners.errors import CleanerError
    from cleaners.page import clean_html
    clean_html("<p>" + "warm up " * 50)
    page = eval(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]),) * 2)
    start = time.process_time()
    try:
        article = clean_html(page, url="https://x.test/a")
        assert isinstance(article.text, str)
        outcome = "article"
    except CleanerError as error:
        assert str(error)
        outcome = "refused"
    spent = time.process_time() - start
    print(outcome, spent / (slowness() if spent >= float(sys.argv[4]) else 1.0))
    """
)


@pytest.mark.parametrize("page", CASES.values(), ids=CASES.keys())
def test_page_made_to_hurt_ends_in_time_and_memory(page: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, page, str(_LIMIT_BYTES), _TESTS, str(_LIMIT_S)],
        capture_output=True,
        text=True,
        timeout=_START_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    outcome, seconds = done.stdout.split()
    assert outcome in {"article", "refused"}
    # Processor time, because a shared machine stretches any other; at the pace of a quiet one.
    assert float(seconds) < _LIMIT_S
