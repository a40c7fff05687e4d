"""What a fetch or a failure means for the ledger."""

from __future__ import annotations

from scraper.cleaning.cleaned import Cleaned
from scraper.errors import (
    AddressRefused,
    BadStatus,
    FetchError,
    OffSite,
    RobotsRefused,
    TypeRefused,
    UrlRefused,
)
from scraper.page import Page
from scraper.states import Outcome, State

# 451 is a refusal for legal reasons (RFC 7725), 402 a paywall's.
_REFUSALS = {401, 402, 403, 407, 451}
_GONE = {404, 410}


def outcome_of(
    page: Page,
    state: State,
    reason: str,
    *,
    detail: str = "",
    cleaned: Cleaned | None = None,
    first: int = 0,
    version: int = 0,
) -> Outcome:
    """The outcome of a page that was fetched; `version` is set where it is stored as an article."""
    # Only what "not modified" can bring back to the state it had is asked for conditionally.
    may_return = state in {State.DONE, State.NOT_ARTICLE}
    return Outcome(
        state=state,
        reason=reason,
        detail=detail or (cleaned.detail if cleaned else ""),
        status=page.status,
        attempts=page.attempts,
        elapsed_ms=round(page.elapsed_s * 1000),
        bytes=len(page.body),
        etag=page.etag if may_return else "",
        last_modified=page.last_modified if may_return else "",
        final_url="" if page.url == page.requested_url else page.url,
        first=first,
        version=version,
        title=cleaned.title if cleaned else "",
        published=cleaned.published if cleaned else "",
        prints=cleaned.prints if cleaned else None,
        canonical_url=cleaned.canonical_url if cleaned else "",
    )


def judge_failure(error: FetchError) -> Outcome:
    """The outcome of a page that could not be fetched: gone, blocked, refused by us, or failed."""
    status = error.status if isinstance(error, BadStatus) else 0
    reason = f"http-{status}" if status else error.kind
    state = State.FAILED
    match error:
        case BadStatus() if status in _GONE:
            state = State.GONE
        case BadStatus() if status in _REFUSALS:
            state = State.BLOCKED
        case RobotsRefused():
            reason = error.failure or error.kind
            is_blocked = error.failure in {"", AddressRefused.kind}
            state = State.BLOCKED if is_blocked else State.FAILED
        case AddressRefused():
            state = State.BLOCKED
        case TypeRefused():
            state = State.NOT_ARTICLE
        case OffSite() | UrlRefused():
            state = State.SKIPPED
        case _:
            pass
    return Outcome(
        state=state,
        reason=reason,
        detail=error.problem,
        status=status,
        attempts=error.attempts,
    )
