"""Pages in every charset the web has used come out as the text their authors wrote."""

from __future__ import annotations

import codecs

import pytest

from cleaners.decode import decode_page
from cleaners.source.charsets import find_codec, guess_codec, load_letters

RUSSIAN = "Москва, 5 января. Новый мост через реку открыли в понедельник утром. "
GREEK = "Η Αθήνα γιορτάζει σήμερα την επέτειο της πόλης με εκδηλώσεις. "
POLISH = "Wczoraj późnym wieczorem ktoś zgłosił pożar w środku osiedla; żółć i gęś. "
CZECH = "Příliš žluťoučký kůň úpěl ďábelské ódy, říká ředitel školy. "
TURKISH = "Belediye başkanı açıkladı: ışıklar bugün yeniden yanıyor, çağrı sürüyor. "
FRENCH = "L'été dernier, à Orléans, les élèves ont été reçus à la préfecture. "
HEBREW = "ראש העיר הודיע היום על פתיחת הגשר החדש במרכז העיר. "
ARABIC = "أعلن رئيس البلدية اليوم عن افتتاح الجسر الجديد في وسط المدينة. "
THAI = "นายกเทศมนตรีประกาศเปิดสะพานใหม่ใจกลางเมืองในวันนี้ "
JAPANESE = "市長は今日、市の中心部に新しい橋を開くと発表しました。これは十年ぶりのことです。"
KOREAN = "시장은 오늘 도심에 새로운 다리를 개통한다고 발표했습니다. 이것은 십 년 만의 일이다. "
CHINESE = "市长今天宣布，市中心的新桥将于下个月开放，这是十年来的第一次。我们的城市发展很快。"
TAIWANESE = "市長今天宣布，市中心的新橋將於下個月開放，這是十年來的第一次。我們的城市發展很快。"


def page(text: str) -> str:
    return f"<html><body><p class='lead'>{text * 4}</p></body></html>"


@pytest.mark.parametrize(
    "before",
    [
        "<script charset=utf-8></script>",
        "<META NAME=x CONTENT='no charset here'>",
        "<!-- <meta charset=utf-8> -->",
        "<title>On charset</title><meta name=a>",
    ],
)
def test_the_meta_with_the_charset_is_found_whatever_stands_before(before: str) -> None:
    page = f"{before}<meta charset=windows-1251><p>Москва</p>"
    assert decode_page(page.encode("cp1251")).endswith("<p>Москва</p>")
    odd = "<meta x='<meta_y' charset=windows-1251><p>Москва</p>"
    assert decode_page(odd.encode("cp1251")).endswith("<p>Москва</p>")


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (GREEK, "cp1253"), (POLISH, "cp1250"),
        (POLISH, "iso8859-2"), (CZECH, "cp1250"), (TURKISH, "cp1254"), (FRENCH, "cp1252"),
        (HEBREW, "cp1255"), (ARABIC, "cp1256"), (THAI, "cp874"), (JAPANESE, "cp932"),
        (JAPANESE, "euc_jp"), (JAPANESE, "iso2022_jp"), (KOREAN, "cp949"), (CHINESE, "gb18030"),
        (CHINESE, "gbk"), (TAIWANESE, "big5"),
    ],
)  # fmt: skip
def test_undeclared_legacy_charset_is_guessed(text: str, codec: str) -> None:
    assert decode_page(page(text).encode(codec)) == page(text)


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("ISO-8859-1", "cp1252"), ("us-ascii", "cp1252"), ("gb2312", "gb18030"),
        ("GBK", "gb18030"), ("Shift_JIS", "cp932"), ("x-sjis", "cp932"), ("euc-kr", "cp949"),
        ("ks_c_5601-1987", "cp949"), ("windows-1251", "cp1251"), ("utf8", "utf-8"),
        ("ISO-8859-9", "cp1254"), ("tis-620", "cp874"), ("x-mac-cyrillic", "mac-cyrillic"),
        ("unicode-1-1-utf-8", ""), ("no-such-charset", ""), ("rot13", ""), ("base64", ""),
        ("idna", ""), ("", ""),
    ],
)  # fmt: skip
def test_label_means_what_browsers_take_it_for(label: str, codec: str) -> None:
    assert find_codec(label) == codec


def test_every_codec_of_the_letter_table_exists() -> None:
    for letters in load_letters():
        assert letters.common
        for codec in letters.codecs:
            codecs.lookup(codec)


def test_windows_quotation_marks_are_read_under_a_latin1_label() -> None:
    raw = b"<meta charset=iso-8859-1><p>\x93So it is\x94 \x97 he said</p>"
    assert "“So it is” — he said" in decode_page(raw)


def test_byte_order_mark_beats_everything() -> None:
    raw = "\ufeff<meta charset='windows-1251'>Ünlü".encode()
    assert decode_page(raw, "text/html; charset=koi8-r") == "<meta charset='windows-1251'>Ünlü"


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf16_is_read_with_and_without_byte_order_mark(codec: str) -> None:
    text = "<html><body><p>Straße nach Šumava</p></body></html>"
    marked = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}[codec]
    assert decode_page(marked + text.encode(codec)) == text
    assert decode_page(text.encode(codec)) == text
    assert decode_page(text.encode(codec), "text/html; charset=utf-16") == text


def test_http_header_beats_meta() -> None:
    raw = b"<meta charset=windows-1252><p>" + RUSSIAN.encode("cp1251") + b"</p>"
    assert RUSSIAN in decode_page(raw, "text/html; charset=windows-1251")


@pytest.mark.parametrize(
    "declaration",
    [
        '<meta charset="windows-1251">',
        "<META HTTP-EQUIV=Content-Type CONTENT='text/html; charset=windows-1251'>",
        '<?xml version="1.0" encoding="windows-1251"?>',
        "<!-- <meta charset=koi8-r> --><meta charset=windows-1251>",
    ],
)
def test_declaration_inside_the_page_is_found(declaration: str) -> None:
    text = f"{declaration}<p>{RUSSIAN}</p>"
    assert decode_page(text.encode("cp1251")) == text


def test_valid_utf8_beats_a_false_single_byte_label() -> None:
    text = "<meta charset=iso-8859-1><p>naïve café</p>"
    assert decode_page(text.encode(), "text/html; charset=ISO-8859-1") == text


def test_meta_that_claims_utf16_means_utf8() -> None:
    text = "<meta charset=utf-16><p>café</p>"
    assert decode_page(text.encode()) == text
    assert decode_page(b"<meta charset=utf-16>" + page(RUSSIAN).encode("cp1251")).endswith(
        page(RUSSIAN)
    )


def test_short_double_byte_text_that_passes_for_utf8_follows_its_label() -> None:
    # The two characters of "Unicom" in GBK are valid UTF-8 by accident, a known trap.
    raw = b"<meta charset=gb2312><b>" + "联通".encode("gbk") + b"</b>"
    assert "联通" in decode_page(raw)


def test_utf8_under_a_false_double_byte_label_is_utf8() -> None:
    text = "<meta charset=euc-kr>" + page(KOREAN)
    assert decode_page(text.encode()) == text


def test_ascii_page_with_a_stateful_label_is_read() -> None:
    text = "<meta charset=iso-2022-jp><p>plain</p>"
    assert decode_page(text.encode()) == text
    stateful = "<meta charset=iso-2022-jp><p>日本語</p>"
    assert decode_page(stateful.encode("iso2022_jp")) == stateful


def test_utf8_with_single_broken_bytes_stays_utf8() -> None:
    raw = page(RUSSIAN).encode() + b"\xff\xfe\xfd"
    assert decode_page(raw).startswith(page(RUSSIAN))
    assert decode_page(raw, "text/html; charset=utf-8").startswith(page(RUSSIAN))


def test_false_utf8_label_on_a_legacy_page_is_not_believed() -> None:
    assert RUSSIAN in decode_page(page(RUSSIAN).encode("cp1251"), "text/html; charset=utf-8")


def test_declared_charset_with_a_few_broken_bytes_is_kept() -> None:
    raw = page(JAPANESE).encode("cp932") + b"\x81"
    assert JAPANESE in decode_page(raw, "text/html; charset=shift_jis")


def test_unknown_label_falls_back() -> None:
    text = page(FRENCH)
    assert decode_page(text.encode(), "text/html; charset=bogus") == text


def test_nul_and_lone_surrogates_are_removed() -> None:
    assert decode_page("a\0b\ud800c\ufeff") == "ab\ufffdc\ufeff"
    assert decode_page(b"a\0b") == "ab"
    assert decode_page("\ufeffx") == "x"
    assert decode_page("\ud83d\ude00") == "😀"


def test_few_accents_prove_nothing_and_mean_western() -> None:
    assert guess_codec("It\u2019s a caf\u00e9 in town, she said.".encode("cp1252")) == "cp1252"
    assert guess_codec(b"") == "cp1252"


@pytest.mark.parametrize(
    "text",
    [
        "They paid £400,000, and £1.2m in fees.",
        "Gerard Lefèvre spoke. © 2026",
        "Voilà, à la mairie, la règle. © 2026",
        "It was 38°C on the A½ road. © 2026",
        "News · Sport · Weather",
        "Go on » or back «, she said » and left",
        "It\xa0was late, and\xa0cold, and\xa0dark",
    ],
)
def test_signs_of_a_western_page_are_no_foreign_letters(text: str) -> None:
    assert decode_page(text.encode("cp1252")) == text
    assert decode_page(text.encode("cp1252"), "text/html; charset=utf-8") == text


def test_turkish_capital_counts_as_a_letter() -> None:
    text = "İzmir, Balıkesir, Çorum"
    assert decode_page(text.encode("cp1254")) == text


@pytest.mark.parametrize("raw", [b"", b"\xff", b"\x1b$", bytes(range(256)), b"\x81" * 50, b"\0\0"])
def test_any_bytes_decode(raw: bytes) -> None:
    for label in ("", "text/html; charset=gb2312", "charset=utf-16", "charset=hz-gb-2312", "é="):
        decode_page(raw, label).encode()
