"""Guards for journalism: all that shows itself that it belongs at the end of a story."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cleaners.cutting.columns import Cut
from cleaners.features import Features
from cleaners.guards.closings import (
    find_footnotes,
    find_life_dates,
    find_numbered_notes,
    find_verdicts,
)
from cleaners.guards.facts import find_closing_facts, find_led_facts
from cleaners.guards.grids import find_closing_grid
from cleaners.guards.insets import find_closing_table
from cleaners.guards.quotations import find_closing_posts
from cleaners.guards.sequels import find_closing_sections
from cleaners.guards.signatures import find_signatures
from cleaners.guards.toldboxes import find_told_boxes
from cleaners.guards.turns import find_closing_turns


def find_closings(
    kept: NDArray[np.bool_],
    probabilities: NDArray[np.float64],
    few_links: NDArray[np.bool_],
    features: Features,
    cut: Cut,
    *,
    is_article: bool,
) -> list[int]:
    """What stands at the end of the story, or under it, and shows that it belongs there."""
    found = find_closing_grid(kept, probabilities, features, cut)
    found += find_closing_table(kept, features, cut) + find_closing_posts(kept, cut)
    found += find_signatures(kept, features, cut)
    found += find_verdicts(kept, few_links, features, cut)
    # Shops and manuals set their small print and particulars so.
    if is_article:
        found += find_footnotes(kept, few_links, features, cut)
        found += find_closing_facts(kept, features, cut) + find_led_facts(kept, features, cut)
    found += find_numbered_notes(kept, features, cut)
    found += find_life_dates(kept, features, cut)
    found += find_told_boxes(kept, probabilities, features, cut)
    found += find_closing_turns(kept, probabilities, few_links, cut)
    found += find_closing_sections(kept, probabilities, few_links, features, cut)
    return found
