"""Lists that a story leads in stay, although their items read as residue does."""

from __future__ import annotations

import pytest
from pace import within

from cleaners import clean_text

STORIES = {
    "en": "The court in Leeds ruled on Thursday that the gym must refund four thousand members who "
    "could not leave, because it had hidden the button behind eleven pages.",
    "de": "Die Polizei in Bamberg zählte seit Montag 41 Anzeigen wegen falscher Mails, die "
    "angeblich von einer Sparkasse kommen, und warnt vor einem Schaden, der noch wachsen kann.",
    "fr": "Le site de la ville de Huy a changé lundi, vingt ans après sa naissance, parce que plus "
    "personne ne savait qui en avait la clé, a reconnu le bourgmestre devant le conseil.",
    "ja": "倉敷市は十日、街灯の故障を知らせるアプリの提供を始めた。市民はスマートフォンから"
    "写真を送ることができ、初日だけで九百人が登録した。",
}
ON = {
    "en": "The gym wants to appeal.",
    "de": "Wer schon gezahlt hat, meldet sich bei der Wache.",
    "fr": "Le nouveau n'a plus qu'un bouton.",
    "ja": "修理は三日以内に終わる。",
}
LISTS = [
    ("en", "Three promises were judged to be false:", ["Cancel at any time.", "Download the app."]),
    ("en", "There are three steps:", ["- Create an account", "- Download the app", "- Wait"]),
    ("de", "So kündigen Sie das Probeabo in drei Schritten:", ["Konto erstellen", "Abmelden"]),
    ("fr", "Sur l'ancien, la barre de menu disait :", ["Accueil", "Actualités", "Contact"]),
    ("ja", "手順は三つある:", ["・アプリをダウンロード", "・会員登録する", "・写真を送る"]),
]


@pytest.mark.parametrize(("lang", "lead", "items"), LISTS)
def test_list_that_a_story_leads_in_stays(lang: str, lead: str, items: list[str]) -> None:
    for rest in ([], [ON[lang]]):
        text = "\n".join([STORIES[lang], lead, *items, *rest])
        assert clean_text(text).text == text


def test_list_ends_where_other_stories_are_headed() -> None:
    text = "\n".join([STORIES["fr"], *(LISTS[3][1], *LISTS[3][2]), "À lire aussi", "Huy : un site"])
    assert clean_text(text).text.splitlines()[-1] == "Contact"


@pytest.mark.parametrize(
    "lines",
    [
        ["Partager via :", "Facebook", "WhatsApp"],
        ["Retrouvez toute notre actualité sur nos réseaux :", "Facebook", "Instagram"],
        ["Ils ont voté contre le budget :", "Partager", "Commenter cet article"],
    ],
)
def test_what_asks_for_something_leads_in_no_list(lines: list[str]) -> None:
    text = "\n".join([STORIES["fr"], ON["fr"], *lines])
    kept = clean_text(text).text.splitlines()
    assert not set(kept) & set(lines[1:])


def test_menu_without_a_story_before_it_is_no_list() -> None:
    lines = ["The old bar of the site said this:", "Home", "Log in", "Subscribe", STORIES["en"]]
    assert "Log in" not in clean_text("\n".join(lines)).text.splitlines()


def test_box_between_a_list_and_the_story_falls() -> None:
    lines = [
        "The three winners are these:",
        "Anna Reed",
        "Paul Marsh",
        "Sign up for our newsletter",
    ]
    text = "\n".join([STORIES["en"], *lines, STORIES["en"]])
    kept = clean_text(text).text.splitlines()
    assert kept[1:-1] == lines[:-1]


def test_item_of_a_list_that_is_told_stays() -> None:
    items = ["- Tell the bank", "- Change your password", "- Call the police in Leeds"]
    text = "\n".join([STORIES["en"], ON["en"], *items])
    assert clean_text(text).text == text


def test_leads_and_items_take_linear_time() -> None:
    lines = [STORIES["en"], *["There are three steps:", "- Log in", "Log in"] * 1000]
    with within(5):
        assert clean_text("\n".join(lines)).text.startswith(STORIES["en"])
