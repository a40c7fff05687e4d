"""Link boxes, linked headlines and next stories go; what merely looks like them stays."""

from __future__ import annotations

import numpy as np

from cleaners.article import Kind
from cleaners.cut import cut_blocks
from cleaners.dom import parse_html
from cleaners.outline import Outline
from cleaners.shape.kinds import CODES
from cleaners.strays import drop_strays

LONG = (
    "The harbour froze over on Monday for the first time in nine years, and the fishermen of the "
    "town stayed at home, they said."
)
MORE = "Children walked to the island school across the ice, watched by two volunteers with ropes."
KINDS = {"h1": Kind.TITLE, "h2": Kind.HEADING, "h3": Kind.HEADING, "li": Kind.LIST_ITEM}


def drop(
    page: str,
    *,
    unkept: tuple[str, ...] = (),
    without_boxes: bool = False,
    doubted: tuple[str, ...] = (),
) -> dict[str, str]:
    """The rule that dropped each kept block that fell, by the block's text.

    A block that begins with "By" is a byline; headings are of their element's kind. The model is
    sure of all but what is `doubted`.
    """
    cut = cut_blocks(parse_html(f"<body>{page}</body>"))
    kinds = []
    for text in cut.texts:
        tag = next((tag for tag in KINDS if f"<{tag}>{text[:9]}" in page), "")
        kinds.append(Kind.BYLINE if text.startswith("By ") else KINDS.get(tag, Kind.PARAGRAPH))
    outline = Outline(
        cut=cut,
        kinds=np.array([CODES[kind] for kind in kinds], np.uint8),
        kept=np.array(
            [
                text not in unkept and kind not in {Kind.BYLINE, Kind.TITLE}
                for text, kind in zip(cut.texts, kinds, strict=True)
            ]
        ),
        last=len(kinds),
        probabilities=np.array([0.65 if text in doubted else 1.0 for text in cut.texts]),
        links=np.minimum(1.0, np.array(cut.link_chars) / list(map(len, cut.texts))),
        without_boxes=without_boxes,
    )
    before = outline.make_kept()
    after = drop_strays(before, outline)
    return {
        new.text: new.verdict.rule
        for old, new in zip(before, after, strict=True)
        if old.verdict.keep and not new.verdict.keep
    }


def body(inset: str) -> str:
    return f"<div><p>{LONG}</p>{inset}<p>{MORE}</p></div>"


def test_aside_with_a_headline_and_a_link_is_a_box_that_leads_elsewhere() -> None:
    head = "<h3>‘We forgot the river’: a town turns</h3>"
    box = f"<aside><div>{head}</div><a href=/x>Read more</a></aside>"
    assert drop(body(box), unkept=("Read more",)) == {
        "‘We forgot the river’: a town turns": "link-box"
    }


def test_aside_that_tells_something_stays() -> None:
    told = f"<aside><h3>The river</h3><p>{LONG.upper()}</p><a href=/x>Read more</a></aside>"
    assert drop(body(told), unkept=("Read more",)) == {}


def test_aside_without_links_stays() -> None:
    assert drop(body("<aside><h3>The river in numbers</h3><p>Nine locks</p></aside>")) == {}


def test_large_aside_stays() -> None:
    items = "".join(f"<li>{number} cups of flour</li>" for number in range(8))
    assert drop(body(f"<aside><ul>{items}</ul><a href=/x>Our flour</a></aside>")) == {}


def test_page_without_asides_and_page_without_text_stay_as_they_are() -> None:
    assert drop(body("<h3>The river</h3>")) == {}
    assert drop("<p>Menu</p>", unkept=("Menu",)) == {}


HEADLINE = "A hatchery closes and a town counts its debts"


def test_paragraph_between_paragraphs_that_is_all_link_is_another_story() -> None:
    inset = f"<p><a href=/x>{HEADLINE}</a></p>"
    assert drop(body(inset)) == {HEADLINE: "linked-headline"}


def test_linked_line_that_is_told_or_short_or_bracketed_stays() -> None:
    for line in (
        "This is the clause of the ark.",
        "Khan Academy",
        "(Can fasting help you live longer?)",
        "Why does the river flood so often?",
    ):
        assert drop(body(f"<p><a href=/x>{line}</a></p>")) == {}


def test_linked_line_after_a_lead_in_stays() -> None:
    page = body(f"<p><a href=/x>{HEADLINE}</a></p>").replace("said.", "said this:")
    assert drop(page) == {}


def test_linked_line_beside_other_elements_than_paragraphs_stays() -> None:
    linked = f"<p><a href=/x>{HEADLINE}</a></p>"
    assert drop(body(f"<h3>More</h3>{linked}")) == {}
    assert drop(body(f"<section>{linked}</section>")) == {}
    assert drop(f"<div>{LONG}<br><br><a href=/x>{HEADLINE}</a><br><br>{MORE}</div>") == {}


def test_many_linked_lines_are_the_way_the_story_is_told() -> None:
    inset = f"<p>{LONG}</p>".join(f"<p><a href=/x>{HEADLINE} {n}</a></p>" for n in range(4))
    assert drop(body(inset)) == {}


def story(number: int, text: str = LONG, *, tag: str = "article", name: str = "story") -> str:
    return (
        f"<{tag} class={name}><h1>Headline {number}</h1><p>By Reporter {number}</p>"
        + "".join(f"<p>{number}.{part} {text}</p>" for part in range(5))
        + f"</{tag}>"
    )


def test_story_below_the_story_is_the_next_one() -> None:
    fallen = drop(
        f"<main>{story(1)}<p>Keep scrolling</p>{story(2)}</main>", unkept=("Keep scrolling",)
    )
    assert set(fallen.values()) == {"next-story"}
    assert sorted(text[:3] for text in fallen) == ["2.0", "2.1", "2.2", "2.3", "2.4"]


def test_story_whose_standfirst_stands_with_the_headline_is_not_all_of_its_header() -> None:
    def head(number: int) -> str:
        return (
            story(number)
            .replace("<h1>", "<header><h1>")
            .replace(
                f"<p>By Reporter {number}</p>",
                f"<p>The ferry stays in port {number}.</p></header><p>By Reporter {number}</p>",
            )
        )

    assert len(drop(f"<main>{head(1)}{head(2)}</main>")) == 6


def test_next_story_in_a_plain_container_is_known_by_its_class() -> None:
    page = f"<main>{story(1, tag='div')}{story(2, tag='div')}</main>"
    assert len(drop(page)) == 5
    other = f"<main>{story(1, tag='div')}{story(2, tag='div', name='part')}</main>"
    assert drop(other) == {}


def test_part_without_writer_or_headline_belongs_to_the_story() -> None:
    for without in ("<p>By Reporter 2</p>", "<h1>Headline 2</h1>"):
        assert drop(f"<main>{story(1)}{story(2).replace(without, '')}</main>") == {}


def test_posts_of_a_live_blog_are_one_story() -> None:
    page = f"<main><h1>Storm live</h1>{story(1)}{story(2)}</main>".replace("<h1>Head", "<h3>Head")
    assert drop(page) == {}


def test_chapters_with_a_day_or_a_writer_are_one_story() -> None:
    chapter = story(2).replace("h1>", "h2>")
    assert len(drop(f"<main>{story(1)}{chapter}</main>")) == 5
    set_apart = chapter.replace("<p>By", "<p class=part>By")
    assert drop(f"<main>{story(1)}{set_apart}</main>") == {}
    chapters = "".join(story(n).replace("h1>", "h2>") for n in range(2, 5))
    assert drop(f"<main>{story(1)}{chapters}</main>") == {}


def test_part_under_the_same_headline_is_of_the_same_story() -> None:
    page = f"<main>{story(1)}{story(2).replace('Headline 2', 'Headline 1')}</main>"
    assert drop(page) == {}


def test_short_first_part_is_no_story_of_its_own() -> None:
    first = f"<article><h1>Headline 1</h1><p>{LONG}</p></article>"
    assert drop(f"<main>{first}{story(2)}</main>") == {}


def test_page_whose_headline_stands_outside_every_container_stays() -> None:
    parts = f"<p>By Reporter 1</p><p>{LONG * 5}</p>{story(2)}"
    assert drop(f"<h1>Headline 1</h1>{parts}") == {}


FACTS = "The river in numbers: nine locks, four bridges, one ferry."
TOLD = f"<div>{f'<p>{LONG}</p>' * 5}</div>"


def drop_facts(name: str, *, before: str = TOLD, inside: str = f"<p>{FACTS}</p>") -> list[str]:
    page = f"<section>{before}<div class='{name}'>{inside}</div></section>"
    return [text for text, rule in drop(page, without_boxes=True).items() if rule == "fact-box"]


def test_box_of_facts_beside_a_story_goes_by_its_name() -> None:
    for name in ("fact-box", "site-factbox-content green", "infobox__text", "Faktaboks"):
        assert drop_facts(name) == [FACTS]
    assert drop_facts("facts") == drop_facts("box") == []


def test_box_of_facts_without_a_story_beside_it_stays() -> None:
    assert drop_facts("infobox", before=f"<p>{LONG}</p>") == []
    assert drop_facts("infobox", before="", inside=TOLD) == []


def test_boxes_of_facts_stay_where_they_are_wanted() -> None:
    page = f"<section>{TOLD}<div class=infobox>{FACTS}</div></section>"
    assert drop(page) == {}


def drop_boxed(markup: str, text: str, *, before: str = TOLD) -> dict[str, str]:
    return drop(f"<section>{before}<div {markup}>{text}</div></section>")


def test_box_that_prompts_or_is_about_the_writer_goes_beside_a_story() -> None:
    assert drop_boxed("class=blog-cta-2", "Boats for you!") == {"Boats for you!": "prompt-box"}
    assert drop_boxed("class=robots-nocontent", "Tell us!") == {"Tell us!": "prompt-box"}
    about = "Ada has sailed all her life."
    for markup in (
        "class=post-author-box",
        "id=about-the-author",
        "itemprop=author",
        "class=disclaimer",
    ):
        assert drop_boxed(markup, about) == {about: "writer-box"}


def test_named_box_without_a_story_beside_it_or_with_much_of_the_text_stays() -> None:
    assert drop_boxed("class=cta", "Boats for you!", before=f"<p>{LONG}</p>") == {}
    assert drop_boxed("class=cta", f"<p>{LONG}</p>") == {}
    assert drop_boxed("class=author-box", f"<p>{LONG}</p>" * 3) == {}


APPEAL = "<h3>Support us</h3><p>New boats cost money. {}</p>"


def drop_appeal(name: str, inside: str, *, before: str = TOLD, unkept: str = "") -> list[str]:
    page = f"<section>{before}<div class='{name}'>{inside}</div>{TOLD}</section>"
    return [text for text, rule in drop(page, unkept=(unkept,)).items() if rule == "appeal-box"]


def test_box_named_for_an_appeal_goes_with_its_heading_where_it_shows_what_to_press() -> None:
    fallen = ["Support us", "New boats cost money. Every one."]
    told = APPEAL.format("Every one.")
    for name in ("inline-donate", "c-newsletter__box", "site-sign-up"):
        assert drop_appeal(name, f"{told}<div>Donate</div>", unkept="Donate") == fallen
        assert drop_appeal(name, told) == []
    assert drop_appeal("donate", f"{told}<form>Your address</form>") == [*fallen, "Your address"]
    assert len(drop_appeal("donate", APPEAL.format("<a href=/x>Every one.</a>"))) == 2
    assert drop_appeal("boats", f"{told}<div>Donate</div>", unkept="Donate") == []


def test_box_named_for_an_appeal_goes_where_it_speaks_to_its_reader_throughout() -> None:
    assert len(drop_appeal("donate", APPEAL.format("Will you help us?"))) == 2
    assert drop_appeal("donate", f"{APPEAL.format('Will you?')}<p>The port paid nothing.</p>") == []


def test_each_of_two_boxes_for_appeals_counts_for_itself() -> None:
    appeal = f"<p>{LONG} Will you?</p>" * 2
    two = f"<div class=donate>{appeal}<div>Give</div></div>" * 2
    fallen = drop(f"<section>{TOLD}{two}{TOLD}</section>", unkept=("Give",))
    assert set(fallen.values()) == {"appeal-box"}
    assert drop(f"<section>{TOLD}{two * 2}{TOLD}</section>", unkept=("Give",)) == {}


def test_box_of_an_appeal_with_much_in_it_and_headings_named_by_their_words_stay() -> None:
    button = "<div>Donate</div>"
    assert drop_appeal("donate", f"<p>{LONG}</p>" * 3 + button, unkept="Donate") == []
    assert drop_appeal("donate", "<p>Nets</p>" * 20 + button, unkept="Donate") == []
    page = f"<section>{TOLD}<h3 id=donate class=donate>Donate <a href=/x>boats</a></h3></section>"
    assert drop(page) == {}


def test_disclosures_of_the_writers_go_above_the_story_as_well() -> None:
    said = "Ada owns shares in two boats."
    box = f"<aside><div class=content-disclosure><p>{said}</p></div></aside>"
    assert drop(f"<section>{box}{TOLD}</section>") == {said: "writer-box"}
    around = f"<section class=author-box>{TOLD}</section>"
    assert drop(around) == {}


def test_lines_of_one_label_in_capitals_and_a_link_lead_to_other_stories() -> None:
    lines = [
        f"FUNDA OLUNYE UDABA | <a href=/{n}>Kuboshwe abahlanu eThekwini {n}</a>" for n in (1, 2)
    ]
    texts = [f"FUNDA OLUNYE UDABA | Kuboshwe abahlanu eThekwini {n}" for n in (1, 2)]
    page = body(f"<p>{lines[0]}</p><p>{LONG}</p><p>{lines[1]}</p>")
    assert drop(page) == dict.fromkeys(texts, "labelled-link")
    assert drop(body(f"<p>{lines[0]}</p>")) == {}
    assert drop(page.replace("FUNDA OLUNYE UDABA", "Source")) == {}
    assert drop(page.replace("abahlanu eThekwini ", "")) == {}


def test_doubted_line_of_links_in_a_mere_box_goes() -> None:
    page = body("<div><a href=/x>Try our boats</a> now</div>")
    text = "Try our boats now"
    assert drop(page, doubted=(text,)) == {text: "doubted-link"}
    assert drop(page) == drop(page.replace("div", "li"), doubted=(text,)) == {}
