"""Text decoded with the wrong charset comes out as it was meant; other text stays as it is."""

from __future__ import annotations

import pytest

from cleaners.decode import decode_page
from cleaners.source.mojibake import mend_mojibake

ENGLISH = "It’s the city’s café – “a scandal”, says Zoë Müller…"
RUSSIAN = "Совет сегодня отклонил бюджет, сообщил представитель мэрии. " * 12
CHINESE = "市议会周三晚间以微弱多数否决了预算案，市长表示将在一周内提出新的方案。" * 12
POLISH = "Rada odrzuciła w środę budżet, ogłosił wieczorem burmistrz. Żółw ćmi."


def mended(text: str, declared: str = "") -> str:
    return mend_mojibake(text, text.encode(), declared)


@pytest.mark.parametrize("taken_for", ["latin-1", "cp1252"])
@pytest.mark.parametrize("text", [ENGLISH, RUSSIAN, POLISH, "ñandú, güe, ¿qué?"])
def test_utf8_taken_for_latin_and_encoded_again_is_put_right(text: str, taken_for: str) -> None:
    try:
        broken = text.encode().decode(taken_for)
    except UnicodeDecodeError:
        pytest.skip("windows-1252 has no character for one of the bytes")
    assert mended(f"<p>{broken}</p>") == f"<p>{text}</p>"


@pytest.mark.parametrize(
    ("text", "charset", "label"),
    [(CHINESE, "gb18030", "gb18030"), (RUSSIAN, "cp1251", "cp1251"), (CHINESE, "big5", "")],
)
def test_a_legacy_page_taken_for_latin_is_read_in_the_charset_it_names(
    text: str, charset: str, label: str
) -> None:
    if not label:
        text = "市議會週三晚間以微弱多數否決了預算案" * 12
        label = "big5hkscs"
    broken = text.encode(charset).decode("iso8859-15")
    assert mended(broken, label) == text
    twice = broken.encode().decode("latin-1")
    assert mended(twice, label) == text


def test_only_the_broken_part_of_a_page_changes() -> None:
    broken = ENGLISH.encode().decode("latin-1")
    page = f"<title>Café – “ok”</title><p>{broken}</p><p>{ENGLISH}</p>"
    assert mended(page) == f"<title>Café – “ok”</title><p>{ENGLISH}</p><p>{ENGLISH}</p>"


@pytest.mark.parametrize(
    "text",
    [
        "plain words only",
        "NÃO É FÁCIL, disse a IRMÃ». «AMANHû, leu-se. NÃO, NÃO, NÃO.",
        "Die Straß“ und der Spaß“, sagte sie. Groß“!",
        "À l’« été » : « là-bas », où ça ? Déjà vu… Â, Ê, Î",
        "CAFÉ® et THÉ®, marques déposées",
        "Tiếng Việt: Ủy ban Nhân dân thành phố Đà Nẵng, ngày Chủ nhật Â, Ã",
        CHINESE,
        RUSSIAN,
    ],
)
def test_text_that_is_right_stays(text: str) -> None:
    assert mended(text) == text
    assert mended(text, "cp1251") == text
    assert mended(text, "gb18030") == text


def test_a_page_that_names_the_wrong_charset_and_has_few_accents_stays() -> None:
    text = "Der Bürgermeister über Ärger in Österreich: größer, schöner, wärmer. " * 20
    assert mended(text, "gb18030") == text


def test_bytes_and_text_of_a_page_come_out_alike() -> None:
    page = f'<meta charset="utf-8"><p>{ENGLISH}</p>'
    broken = page.encode().decode("latin-1")
    assert decode_page(broken) == page
    assert decode_page(broken.encode()) == page


def test_a_piece_as_long_as_a_script_is_left_alone() -> None:
    script = ENGLISH.encode().decode("latin-1") + "x" * 20_000
    assert mended(script) == script
