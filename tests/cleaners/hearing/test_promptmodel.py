"""Prompts in words that no rule has fall, by where they stand, and what comes near them stays."""

from __future__ import annotations

from importlib.resources import files
from io import BytesIO

import numpy as np
import pytest
from pace import within

from cleaners import clean_text
from cleaners.errors import ModelError
from cleaners.hearing.context import Hearing, judge_prompts
from cleaners.hearing.promptmodel import (
    BUCKETS,
    list_tokens,
    load_prompt_model,
    parse_prompt_model,
    rate_prompts,
)
from cleaners.matching.rulebook import load_matcher

BEFORE = (
    "The old bridge over the river reopened on Monday after eleven months of repairs, the council "
    "said."
)
AFTER = "Traffic had been led through the market square, where shop owners complained of noise."
# None of these was learned from.
PROMPTS = {
    "en": "Download our free app and get breaking news on your phone wherever you are.",
    "fr": "Téléchargez gratuitement notre application et recevez nos alertes en temps réel.",
    "de": "Abonnieren Sie unseren kostenlosen Newsletter und verpassen Sie keine Nachricht mehr.",
    "es": "Suscríbete gratis a nuestro boletín y recibe cada mañana las noticias en tu correo.",
    "it": "Iscriviti gratis alla nostra newsletter e ricevi le notizie ogni mattina via mail.",
    "pt": "Siga o nosso canal no WhatsApp e receba as notícias em primeira mão no seu celular.",
    "nl": "Schrijf je gratis in voor onze nieuwsbrief en ontvang elke ochtend het laatste nieuws.",
    "pl": "Zapisz się do naszego newslettera i otrzymuj codziennie najważniejsze wiadomości.",
    "sv": "Prenumerera på vårt nyhetsbrev och få de senaste nyheterna direkt i din inkorg.",
    "ru": "Подпишитесь на наш канал в Telegram, чтобы первыми узнавать главные новости.",
    "hr": "Preuzmite našu besplatnu aplikaciju i pratite najnovije vijesti na mobitelu.",
    "id": "Ikuti saluran WhatsApp kami dan dapatkan berita terbaru langsung di ponsel Anda.",
}
STORIES = {
    "en": "The newsletter of the ministry was read by one teacher in ten, an inquiry found.",
    "fr": "L’application du concurrent a été téléchargée deux fois plus, selon l’enquête.",
    "de": "Den Newsletter des Ministeriums las zuletzt nur noch jeder zehnte Lehrer.",
    "es": "El boletín del ministerio lo leía uno de cada diez maestros, según el informe.",
    "nl": "De nieuwsbrief van het ministerie werd door een op de tien leraren gelezen.",
    "ru": "Канал министерства в Telegram читал каждый десятый учитель, показала проверка.",
}


def clean(*lines: str, lang: str = "en") -> list[str]:
    return clean_text("\n".join(lines), lang=lang).text.split("\n")


@pytest.mark.parametrize("lang", PROMPTS)
def test_prompt_of_no_known_wording_falls_amid_a_story_and_at_its_end(lang: str) -> None:
    prompt = PROMPTS[lang]
    assert clean(BEFORE, prompt, AFTER, lang=lang) == [BEFORE, AFTER]
    assert clean(BEFORE, AFTER, prompt, lang=lang) == [BEFORE, AFTER]


@pytest.mark.parametrize(
    ("line", "probability", "falls"),
    [
        ("Tickets are sold in the app, without an account.", 0.75, False),
        ("Tickets are sold in the app, without an account.", 0.85, True),
        ("Buy your tickets in the app, without an account.", 0.75, True),
        ("Buy your tickets in the app, without an account.", 0.66, False),
        ("Hang your nets where the wind is, not in the shed.", 0.72, False),
        ("Hang your nets where the wind is, not in the shed.", 0.85, True),
    ],
)
def test_sentence_amid_a_story_that_speaks_to_none_or_of_nothing_must_be_surer_a_prompt(
    line: str, probability: float, falls: bool
) -> None:
    hearing = Hearing(
        [BEFORE, line, BEFORE], load_matcher(), is_page=False, prompts={1: probability}
    )
    judge_prompts(hearing, lambda: {"en"})
    assert (hearing.judged[1] is not None) is falls
    last = Hearing([BEFORE, AFTER, line], load_matcher(), is_page=False, prompts={2: 0.66})
    judge_prompts(last, lambda: {"en"})
    assert last.judged[2] is not None


@pytest.mark.parametrize("lang", STORIES)
def test_story_about_the_same_things_stays(lang: str) -> None:
    story = STORIES[lang]
    assert clean(BEFORE, story, AFTER, lang=lang) == [BEFORE, story, AFTER]
    assert clean(BEFORE, AFTER, story, lang=lang) == [BEFORE, AFTER, story]


@pytest.mark.parametrize(
    "form",
    [
        "“{}” was painted on the wall.",
        "These words stood on the wall of every second house in the town: {}",
        "The mayor and his brother walked home in silence that night. {}",
        "{} How did that sound to you when you came to the town?",
        "{} pic.twitter.com/a1b2c3",
    ],
)
def test_prompt_that_is_told_of_or_stands_beside_the_story_stays_with_it(form: str) -> None:
    line = form.format(PROMPTS["en"])
    assert clean(BEFORE, line, AFTER) == [BEFORE, line, AFTER]


@pytest.mark.parametrize("lang", ["en", "", "tlh"])
def test_verdict_names_what_decided(lang: str) -> None:
    (removed,) = clean_text("\n".join((BEFORE, PROMPTS["en"], AFTER)), lang=lang).removed
    assert removed.verdict.rule == "prompt-by-model"
    assert removed.verdict.reason == "app"


def test_prompt_with_half_a_character_is_rated_like_any_other() -> None:
    prompt = "\ud800 Subscribe to our newsletter and get the news every morning by email."
    assert clean(BEFORE, AFTER, prompt) == [BEFORE, AFTER]


def test_button_after_a_prompt_says_nothing_against_it() -> None:
    prompt = "Unser Newsletter informiert Sie regelmäßig über alle wichtigen Geschichten."
    told = f"Die Müllerin weinte. {prompt}"
    assert list(rate_prompts([prompt, f"{prompt} Jetzt anmelden.", told], least=0.7)) == [0, 1]


def test_lines_too_short_or_long_and_empty_ones_are_not_rated() -> None:
    prompt = PROMPTS["en"]
    lines = ["", "Sign up", prompt, f"{prompt} " * 9, AFTER]
    assert list(rate_prompts(lines, least=0.5)) == [2]
    assert rate_prompts([], least=0.5) == {}
    assert rate_prompts([prompt], least=1.1) == {}


def test_weights_that_are_damaged_or_of_another_version_are_refused() -> None:
    data = files("cleaners").joinpath("prompts.npz").read_bytes()
    assert parse_prompt_model(data).bias == load_prompt_model().bias
    for broken in (b"", data[:1000], data[:-1000]):
        with pytest.raises(ModelError, match="damaged"):
            parse_prompt_model(broken)
    with np.load(BytesIO(data)) as arrays:
        older = {name: arrays[name] for name in arrays} | {"version": np.array(0)}
    buffer = BytesIO()
    np.savez(buffer, **older)
    with pytest.raises(ModelError, match="version 0"):
        parse_prompt_model(buffer.getvalue())


def test_tokens_are_of_words_whatever_their_case_and_marks() -> None:
    tokens = list_tokens("Join us. Follow our channel!")
    assert tokens == list_tokens("join us.  FOLLOW our channel !")
    assert tokens != list_tokens("Join us follow our channel!")
    assert all(0 <= each < BUCKETS for each in tokens)
    assert len(load_prompt_model().weights) == BUCKETS


def test_a_text_of_prompts_and_one_of_one_word_take_little_time() -> None:
    lines = [PROMPTS["en"]] * 10_000 + [f"{'newsletter ' * 29}"] * 10_000
    with within(6):
        rate_prompts(lines, least=0.5)
