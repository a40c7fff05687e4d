"""A page that tells its text in a `<noscript>` alone is read as it shows without scripts."""

from __future__ import annotations

import pytest

from cleaners import clean_html
from cleaners.errors import PageTooComplex
from cleaners.unscripted import cut_page

LINES = (
    "The ferry stayed in the harbour on Monday, for the wind had turned overnight, and the ice.",
    "Nobody minded much, the captain told the three passengers who had come for it all the same.",
    "It is to sail again on Thursday, when the wind is said to turn, and the mail with it.",
)
STORY = "".join(f"<p>{line} {line.lower()}</p>\n" for line in LINES)
PAGE = "<html><body><header>Harbour forum</header>{}<main id=app></main></body></html>".format


def list_texts(page: str) -> list[str]:
    return cut_page(page.encode())[1].texts


def test_noscript_is_read_where_it_tells_twice_what_the_page_shows() -> None:
    texts = list_texts(PAGE(f"<noscript data-path=shell>{STORY}</noscript>"))
    assert len(texts) == 4
    assert texts[1].startswith(LINES[0])
    shown = STORY.replace("harbour", "haven")
    assert len(list_texts(PAGE(f"<noscript>{STORY}</noscript>{shown}"))) == 4


@pytest.mark.parametrize(
    "noscript",
    [
        "<NOSCRIPT>\r\n{}</NOSCRIPT\n>",
        "<noscript><p>Please turn scripts on.</p></noscript><noscript>{}</noscript>",
        "<script>'<noscript>'</script><noscript>{}</noscript>",
    ],
)
def test_noscript_is_found_however_it_is_written(noscript: str) -> None:
    assert any(text.startswith(LINES[2]) for text in list_texts(PAGE(noscript.format(STORY))))


@pytest.mark.parametrize(
    "noscript",
    [
        "<noscript>{}</noscript>".format(STORY.replace("<p>", "<div>")),
        f"<noscript><style>{'.a{color:red}' * 99}</style><p><p><p></noscript>",
        "<noscript><img src=a.gif></noscript>",
    ],
)
def test_noscript_without_paragraphs_of_text_stays_closed(noscript: str) -> None:
    assert list_texts(PAGE(noscript)) == ["Harbour forum"]


def test_markup_too_complex_inside_leaves_the_page_as_scripts_show_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(page: bytes) -> None:
        if b"<div>" in page:
            raise PageTooComplex("too many open elements")

    monkeypatch.setattr("cleaners.dom.refuse_hostile", refuse)
    assert list_texts(PAGE(f"<noscript>{STORY}</noscript>")) == ["Harbour forum"]


def test_story_told_in_a_noscript_alone_is_the_articles_text() -> None:
    page = f"<title>Ferry stays</title>{PAGE(f'<noscript><h1>Ferry stays</h1>{STORY}</noscript>')}"
    text = clean_html(page).text
    assert text.count("\n") == 2
    assert all(line in text for line in LINES)
