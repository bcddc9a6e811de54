"""Whether a programme names sectors and countries that there are."""

from __future__ import annotations

import difflib

from matcher.domain.programme import Programme
from matcher.domain.sheet import excerpt
from matcher.domain.vocabulary import Vocabulary, folded

# The codes people write for a country that ISO 3166 gives another (both are usual within the European Union).
_MEANT = {"UK": "GB", "EL": "GR"}


def check_programme(programme: Programme, vocabulary: Vocabulary) -> list[str]:
    """What a programme names that there is not: sectors and countries, each with the way out.

    Asked of a file that is brought, not of one that is kept: a later vocabulary may know less.
    """
    known = [term.id for term in vocabulary.sectors]
    faults = []
    for sector in programme.sectors:
        if vocabulary.sector(sector) not in known:
            words = [word for term in vocabulary.sectors for word in (term.id, *term.aliases, *term.narrower)]
            near = difflib.get_close_matches(folded(sector), words, 1)
            way_out = f"did you mean '{near[0]}'?" if near else f"write one of {', '.join(known)}"
            faults.append(f"'{excerpt(sector)}' is no sector; {way_out}")
    for code in programme.countries:
        if code not in vocabulary.country_names:
            way_out = f"write {_MEANT[code]}" if code in _MEANT else "write ISO 3166 alpha-2 codes, such as KE"
            faults.append(f"'{code}' is no country code; {way_out}")
    return faults
