"""Lines and what the rules match of them -> what is residue: for text and for kept blocks alike.

Evidence, in the order in which it is heard: a rule that covers a line, or its beginning or end;
what a model takes for a prompt, though no rule has its words; the short link lines under a heading
such as "A lire aussi"; a short line that stands in the text again and again; what is left between
such lines; the weak rules, whose words could as well be a crosshead, and which therefore only speak
at the edges of the text and beside lines that fell already; and last what asks its reader for
something in words that no rule has, at the end of the text. The guards stand before all of them:
when in doubt, the line stays.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import partial

from cleaners.article import Reason, Verdict
from cleaners.hearing.context import (
    PROMPT,
    Hearing,
    Judged,
    judge_prompts,
    judge_recurring,
    judge_requests,
    judge_runs,
)
from cleaners.hearing.doubts import (
    answers_question,
    heads_lines,
    heads_references,
    is_doubtful,
    is_lead_in,
    is_sentence,
    is_service,
    is_told,
)
from cleaners.hearing.guards import is_fragment, is_guarded, is_post, split_slogan
from cleaners.hearing.promptmodel import GLANCE, PAGE_GLANCE, rate_prompts
from cleaners.hearing.steps import find_listed
from cleaners.hearing.stretches import judge_stretches
from cleaners.hearing.weak import judge_weak
from cleaners.matching.automaton import Terms
from cleaners.matching.edges import BEGINNING, find_openings
from cleaners.matching.lines import LineMatch, LineReader
from cleaners.matching.matcher import Matcher
from cleaners.matching.phrases import Where
from cleaners.sites import SiteMemory
from cleaners.words.languages import list_written
from cleaners.words.speech import names_speaker
from cleaners.words.tongue import guess_tongues, load_tongues

_NOTICE_TERMS = 3  # phrases that make a paragraph a notice, where it holds nothing else
_BETWEEN = (
    " \t\xa0|•·»›▶►■"  # what sets a label apart from the sentence before it, and goes with it
)

__all__ = ["Judged", "choose_langs", "judge_lines"]


def judge_lines(
    lines: Sequence[str],
    *,
    rules: Matcher,
    lang: str = "",
    memory: SiteMemory | None = None,
    site: str = "",
    is_page: bool = False,
    firm: Collection[int] = (),
    told: Collection[int] = (),
    sure: Collection[int] = (),
) -> tuple[Judged | None, ...]:
    """Return for each line what of it is residue, or None where it stays as it is.

    Pure: the same arguments give the same answer. Lines are judged together, in the order given;
    empty ones say nothing. With an empty rule set and no memory everything stays. `is_page` says
    that they are what is kept of a page, whose markup has spoken before; `firm` are the places of
    lines that it shows to be more than links, whatever stands around them, `told` of lines that no
    rule is asked about but those of notices, and `sure` of those that likeness to prompts alone
    does not drop. `site` names a site that `memory` knows, or a host of it.
    """
    site = memory.find_site(site) if memory is not None else site
    reader = LineReader(rules, lambda text: choose_langs(rules, lang, text, is_page=is_page))
    reader.turn_to(lines)
    doubted = [*lines]
    for at in told:
        doubted[at] = ""
    held = {} if rules.is_empty else reader.find_suspects(doubted)
    if notices := _find_notices(lines, told, reader, rules):
        held = dict(sorted((held | dict.fromkeys(notices, BEGINNING)).items()))
    suspects = held
    hear = partial(
        Hearing,
        rules=rules,
        is_page=is_page,
        is_known=lambda line: reader.match(line) is not None,
    )
    for at in sure:
        doubted[at] = ""
    glance = PAGE_GLANCE if is_page else GLANCE
    prompts = {} if rules.is_empty else rate_prompts(doubted, least=PROMPT, glance=glance)
    hearing = hear(lines, firm=firm, prompts=prompts)
    judged = _judge_once(hearing, reader, suspects, memory, site)
    fallen: Sequence[Judged | None] = judged
    while any(fallen):
        # What is left is judged again until nothing falls, so that cleaning what was cleaned
        # changes nothing by construction. The second round is nearly always the last.
        left = [index for index, each in enumerate(judged) if each is None or not each.is_whole]
        texts = [_keep_part(lines[index], judged[index]) for index in left]
        reader.turn_to(texts)
        suspects = {}
        for at, index in enumerate(left):
            if index in held:
                cut = judged[index] is not None
                edges = reader.find_suspects([texts[at]]).get(0) if cut else held[index]
                if edges:
                    suspects[at] = edges
        still = frozenset(at for at, index in enumerate(left) if index in firm)
        asked = {at: prompts[index] for at, index in enumerate(left) if index in prompts}
        hearing = hear(texts, firm=still, prompts=asked)
        fallen = _judge_once(hearing, reader, suspects, memory, site)
        for index, each in zip(left, fallen, strict=True):
            if each is not None:
                judged[index] = _join_cuts(judged[index], each)
    return tuple(judged)


def _find_notices(
    lines: Sequence[str], told: Collection[int], reader: LineReader, rules: Matcher
) -> list[int]:
    """The places of told lines that are notices: these look like paragraphs.

    They are so by their beginning, or are several phrases of rules and nothing else.
    """
    if not told or rules.is_empty:
        return []
    openings = find_openings({at: lines[at] for at in told}, rules.beginnings)
    matches = {at: match for at in openings if (match := reader.match(lines[at])) is not None}
    return [
        at
        for at, match in matches.items()
        if (match.opened and rules.terms[match.terms[-1]].where is Where.NOTICE)
        or (match.whole and not match.weak and len(match.terms) >= _NOTICE_TERMS)
    ]


def _judge_once(
    hearing: Hearing,
    reader: LineReader,
    suspects: Mapping[int, int],
    memory: SiteMemory | None,
    site: str,
) -> list[Judged | None]:
    """Hear all the evidence about the lines until nothing more falls."""
    rules = hearing.rules
    if not rules.is_empty:
        hearing.listed = find_listed(hearing, reader)
    if suspects:
        _judge_each(hearing, reader, suspects)
    if hearing.prompts:
        judge_prompts(hearing, reader.find_langs)
    before = -1
    while hearing.dropped != before:
        before = hearing.dropped
        if memory is not None:
            judge_recurring(hearing, memory, site)
        if not rules.is_empty:
            judge_runs(hearing)
            judge_stretches(hearing)
            judge_weak(hearing)
            judge_requests(hearing, reader.find_langs)
    return hearing.judged


def _keep_part(line: str, judged: Judged | None) -> str:
    return line if judged is None else line[judged.start : judged.end]


def _join_cuts(first: Judged | None, second: Judged) -> Judged:
    """Return both cuts as one, under the verdict of the first."""
    if first is None or second.is_whole:
        return second
    start = first.start + second.start
    return Judged(verdict=first.verdict, start=start, end=first.start + second.end)


def choose_langs(
    rules: Matcher, lang: str, lines: Sequence[str], *, is_page: bool = False
) -> frozenset[str]:
    """Return the languages whose rules apply: that of the text and those met everywhere; none: all.

    The language is the one that is named, if rules speak it, else what the small words of the lines
    tell, or else their script. Where the lines of a page contradict its name both are heard: sites
    declare that of a template.
    """
    tongues = load_tongues()
    primary = re.split(r"[-_]", lang.lower(), maxsplit=1)[0]
    primary = tongues.same.get(primary, primary)
    named = frozenset({primary}) & rules.langs
    told: frozenset[str] = frozenset()
    if is_page or not named:
        told = guess_tongues(lines) or frozenset(list_written(lines))
    spoken = named if named & told else named | told
    return spoken | tongues.everywhere if spoken else spoken


def _judge_each(hearing: Hearing, reader: LineReader, suspects: Mapping[int, int]) -> None:
    """Hold every suspect line by itself against the rules."""
    terms = hearing.rules.terms
    for index, edges in suspects.items():
        if index in hearing.listed:
            continue
        line, before, after = hearing.look_around(index)
        found = reader.match(line, edges)
        if (
            found is None
            or is_post(line, after)
            or is_guarded(line, found)
            or _is_about_quoted(line, found, reader)
        ):
            continue
        if found.whole and is_fragment(before, line, after):
            continue
        speaker = _find_speaker(hearing, found)
        if _is_of_story(hearing, index, found, speaker) or _reports(line, found, speaker):
            continue
        if found.whole and (is_sentence(line, found, speaker) or is_service(line, found, speaker)):
            continue
        if not found.whole and is_told(
            hearing, index, line, found, speaker, find_langs=reader.find_langs
        ):
            continue
        if found.whole and (found.weak or is_doubtful(hearing, index, found, speaker)):
            hearing.weak[index] = found.terms[0]
            continue
        heads = heads_lines(found, speaker) or (
            not hearing.is_in_story(index)
            and any(heads_lines(found, terms[term]) for term in found.terms)
        )
        if heads:
            hearing.heads.append(index)
        start, end = (0, 0) if found.whole else _trim_line(hearing, index, found, reader)
        verdict = Verdict(keep=False, reason=speaker.reason, rule=speaker.rule)
        hearing.judged[index] = Judged(verdict=verdict, start=start, end=end)
        hearing.dropped += 1


def _is_of_story(hearing: Hearing, index: int, found: LineMatch, speaker: Terms) -> bool:
    """Whether the lines beside a line show that it is the story's: an answer, or a heading."""
    line, _, after = hearing.look_around(index)
    is_prefix = speaker.where is Where.PREFIX and found.whole
    return (
        (is_prefix and is_lead_in(line, found, after, speaker))
        or heads_references(hearing, index, found, speaker)
        or answers_question(hearing, index, found)
    )


def _reports(line: str, found: LineMatch, speaker: Terms) -> bool:
    """Whether a line says who said it; headlines of other stories do so as well."""
    return found.whole and speaker.reason is not Reason.READ_ALSO and names_speaker(line)


def _is_about_quoted(line: str, found: LineMatch, reader: LineReader) -> bool:
    """Whether a line tells of what it quotes first, and rules match nothing else of it.

    "Follow us on Facebook" is painted on every door.
    """
    quoted, rest = split_slogan(line) if found.whole else ("", "")
    return bool(quoted) and reader.match(quoted) is not None and reader.match(rest) is None


def _strip_end(text: str) -> str:
    """Return what stands before a prompt without what sets the prompt apart from it.

    A guillemet that closes a quotation is the story's.
    """
    bare = text.rstrip(_BETWEEN)
    after = text[len(bare) :]
    if "»" in after and bare.count("«") > bare.count("»"):
        return bare + after[: after.index("»") + 1]
    return bare


def _find_speaker(hearing: Hearing, found: LineMatch) -> Terms:
    """Return the phrase that says most of a line: the first that is strong, if any is.

    One that begins a link to another story heads a list of such links where it stands alone.
    """
    terms = [hearing.rules.terms[term] for term in found.terms]
    speaker = next((term for term in terms if term.where is not Where.TAIL), terms[0])
    is_alone = found.whole and not found.opened and speaker.where is Where.PREFIX
    if is_alone and speaker.reason is Reason.READ_ALSO:
        return speaker._replace(heads_run=True)
    return speaker


def _trim_line(
    hearing: Hearing, index: int, found: LineMatch, reader: LineReader
) -> tuple[int, int]:
    """Return what is left of a line when its edges are cut for as long as rules match."""
    line = hearing.lines[index]
    start, end = 0, len(line)
    again: LineMatch | None = found
    while again is not None and not again.weak and not is_guarded(line[start:end], again):
        if again.whole:
            return 0, 0
        if again.start:
            end = start + len(_strip_end(line[start : start + again.start]))
        else:
            start += again.end
        left = line[start:end]
        again = reader.match(left)
        if again is None:
            break
        # What stands before a prompt at the end is one too; what begins the line is not told by it.
        is_first = start == 0 and not again.start and not again.whole
        if is_first and is_told(
            hearing, index, left, again, _find_speaker(hearing, again), find_langs=reader.find_langs
        ):
            break
    return start, end
