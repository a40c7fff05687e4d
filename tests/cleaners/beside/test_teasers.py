"""Cards beside a story, offers and skipped regions go; lists of stories that are the story stay."""

from __future__ import annotations

import time

import numpy as np

from cleaners.article import Block, Kind
from cleaners.beside.teasers import find_cards, find_offers, find_skipped
from cleaners.cut import cut_blocks
from cleaners.cutting.tags import SORT
from cleaners.dom import parse_html
from cleaners.outline import Outline
from cleaners.shape.kinds import CODES

LONG = (
    "The harbour froze over on Monday for the first time in nine years, and the fishermen of the "
    "town stayed at home, they said."
)
STORY = f"<article>{f'<p>{LONG}</p>' * 5}</article>"


def draw(page: str, *unkept: str, probability: float = 0.6) -> tuple[dict[int, Block], Outline]:
    """The kept blocks of a page and its outline; items of lists are told by their element."""
    cut = cut_blocks(parse_html(f"<body>{page}</body>"))
    kinds = [
        Kind.LIST_ITEM if cut.sorts[home] == SORT["li"] else Kind.PARAGRAPH for home in cut.homes
    ]
    outline = Outline(
        cut=cut,
        kinds=np.array([CODES[kind] for kind in kinds], np.uint8),
        kept=np.array([not text.startswith(unkept) for text in cut.texts]),
        last=len(cut.texts),
        probabilities=np.full(len(cut.texts), probability),
        links=np.minimum(1.0, np.array(cut.link_chars) / list(map(len, cut.texts))),
    )
    return {block.index: block for block in outline.make_kept()}, outline


def cards(number: int, text: str = "Two boats came home.", name: str = "card") -> str:
    return "".join(
        f"<div class={name}><h3><a href=/{n}>Boats at sea {n}</a></h3><p>{text}</p></div>"
        for n in range(number)
    )


def drop_cards(page: str, *unkept: str) -> list[str]:
    kept, outline = draw(page, *unkept)
    return [kept[index].text for index in find_cards(kept, outline)]


def test_sentences_in_cards_beside_a_story_or_under_it_go() -> None:
    said = ["Two boats came home."] * 3
    assert drop_cards(f"{STORY}<aside>{cards(3)}</aside>", "Boats") == said
    assert drop_cards(f"<aside>{cards(3)}</aside>{STORY}", "Boats") == said
    assert drop_cards(f"{STORY}<div>{cards(3)}</div>", "Boats") == said
    assert len(drop_cards(f"{STORY}<aside>{cards(3)}</aside>")) == 6


def test_few_cards_and_cards_that_tell_more_or_less_than_a_sentence_stay() -> None:
    assert drop_cards(f"{STORY}<aside>{cards(2)}</aside>", "Boats") == []
    assert drop_cards(f"{STORY}<aside>{cards(3, LONG * 2)}</aside>", "Boats") == []
    assert drop_cards(f"{STORY}<aside>{cards(3, 'Chief of boats')}</aside>", "Boats") == []
    more = cards(3, "</p>".join(["<p>Two boats came home."] * 4))
    assert drop_cards(f"{STORY}<aside>{more}</aside>", "Boats") == []


def test_list_of_stories_or_products_that_is_the_story_stays() -> None:
    assert drop_cards(f"{STORY}<div>{cards(5)}</div>") == []
    assert drop_cards(f"<div><p>{LONG}</p>{cards(5)}</div>", "Boats") == []
    assert drop_cards(f"<aside><p>{LONG}</p>{cards(5)}</aside>") == []
    flat = cards(5).replace("<div class=card>", "").replace("</div>", "")
    assert drop_cards(f"{STORY}<div>{flat}</div>", "Boats") == []


def test_cards_are_found_in_time_proportional_to_their_number() -> None:
    def time_cards(count: int) -> float:
        boxes = "".join(f"<div>{cards(3, name=f'c{n}')}</div>" for n in range(count))
        kept, outline = draw(f"{STORY}{boxes}", "Boats")
        start = time.process_time()
        assert len(find_cards(kept, outline)) == 3 * count
        return time.process_time() - start

    small, large = (min(time_cards(count) for _ in range(3)) for count in (200, 1_600))
    assert large < 8 * 4 * max(small, 0.002)


OFFERS = ("1 199 € at the port", "1 249 € at the quay", "$ 900 on the pier")


def drop_offers(*items: str, probability: float = 0.6, unkept: str = "-") -> list[str]:
    page = f"{STORY}<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"
    kept, outline = draw(page, unkept, probability=probability)
    return [kept[index].text for index in find_offers(kept, outline)]


def link(text: str) -> str:
    return f"<a href=/x>{text}</a>"


def test_list_of_nothing_but_prices_with_links_goes_as_a_whole() -> None:
    assert drop_offers(*map(link, OFFERS)) == [*OFFERS]
    assert drop_offers(*map(link, OFFERS), unkept=OFFERS[0]) == [*OFFERS[1:]]


def test_list_with_other_items_or_that_the_model_believes_stays() -> None:
    assert drop_offers(link(OFFERS[0])) == []
    assert drop_offers(*map(link, OFFERS), "Nets") == []
    assert drop_offers(*map(link, OFFERS), link("Nets")) == []
    assert drop_offers(*OFFERS) == []
    assert drop_offers(*(f"{link('Nets and ropes')}: {offer}" for offer in OFFERS)) == []
    assert drop_offers(*map(link, OFFERS), probability=0.8) == []


def drop_skipped(inside: str, *, role: str = "region", around: str = STORY) -> list[str]:
    skip = "<a href=#end-of-podcasts>Skip podcasts</a>"
    page = f"{around}<section role={role}>{skip}{inside}</section>"
    kept, outline = draw(page, "Skip")
    return [kept[index].text for index in find_skipped(kept, outline)]


def test_region_that_names_its_own_end_goes() -> None:
    promo, end = "<p>Tales of the harbour.</p>", "<p id=end-of-podcasts>The end</p>"
    assert drop_skipped(promo + end) == ["Tales of the harbour.", "The end"]
    assert drop_skipped(promo) == drop_skipped(promo + end, role="note") == []
    assert drop_skipped(promo + end, around=f"<p>{LONG}</p>") == []


def test_post_that_the_story_quotes_in_such_a_region_stays() -> None:
    quoted = "<blockquote>My boat is in the ice.</blockquote><p id=end-of-post>The end</p>"
    assert drop_skipped(quoted) == []
