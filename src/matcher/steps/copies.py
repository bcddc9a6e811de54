"""What startups copied from a partner's own thesis or brief: said of anybody, it would make them the best match.

A copy is found by its words, also where some were changed, and by their order, so that two texts on the same subject
are none. Small words do not count. On real profiles 0 of 3,976 one-line descriptions are taken for copies of 78 theses,
0.06 % of 12,450 and 0.17 % of 1,211 templated ones, 1 % of 463 abstracts of papers; and 0.13 % where a thesis is six
times as long, 1,300 words, which without the order would be 3 %.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from matcher.domain.profile import HistoryRecord, Partner, PortfolioCompany, Startup
from matcher.domain.vocabulary import BACKED, folded
from matcher.steps.word_lists import Words, spans_of
from matcher.steps.word_order import SENTENCE

# A copy begins where all of 8 words in a row are in one text and 3 pairs of neighbours are neighbours there too, or 10
# of 12 words and 5 pairs: where every sixth word was changed there is such a place. All of 12 words are a copy in any
# order: they were drawn from it by lot. It goes on while 5 of 8 words are, and over so many words between two copies; a
# sentence at its edge is copied where most of its words are, or where half of those that are stand in the same order.
_SHORT, _LONG = (8, 8), (12, 10)
_NEIGHBOURS = {8: 3, 12: 5}
_GOES_ON = 5
_BRIDGE = 12
_MOST, _HALF = 0.8, 0.5
# What is held at once: words of the sources, and bytes of a block (words of startups × sources).
_SOURCES_AT_ONCE, _CELLS_AT_ONCE = 1024, 8_000_000


@dataclass(frozen=True, kw_only=True)
class Copy:
    """What one startup's text copied.

    spans: (start, end) in its plain text, ascending. source: the place of the text that most was copied from.
    share: the part of its words (0 to 1, small words left out) that were copied.
    """

    spans: tuple[tuple[int, int], ...]
    source: int
    share: float


@dataclass(frozen=True, kw_only=True)
class _Stream:
    """The words of many texts one after the other, without small words.

    ids: (n,) number of the word. owner: (n,) whose word it is, ascending. place: (n,) where among its text's words.
    """

    ids: NDArray[np.int64]
    owner: NDArray[np.int64]
    place: NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class _Windows:
    """Rows of `length` words. starts: (n,) where in the stream; source: (n,); any_order: (n,) bool."""

    starts: NDArray[np.int64]
    source: NDArray[np.int64]
    length: int
    any_order: NDArray[np.bool_]


def known_pairs(
    startups: Sequence[Startup],
    partners: Sequence[Partner],
    history: Sequence[HistoryRecord],
    portfolio: Sequence[PortfolioCompany],
) -> NDArray[np.int32]:
    """(k, 2) places of startup and partner that came together before: by id, in a portfolio by name and country.

    A thesis quotes its own companies: they copied nothing. All that is known must come in, whatever its date, also
    what lies behind an as-of date: a pair that is known has its text read as usual, and nothing more.
    """
    partner_at = {partner.id: place for place, partner in enumerate(partners)}
    startup_at = {startup.id: place for place, startup in enumerate(startups)}
    by_name: dict[str, list[int]] = {}
    for place, startup in enumerate(startups):
        by_name.setdefault(folded(startup.name), []).append(place)
    pairs = {
        (startup_at[one.startup_id], partner_at[one.partner_id])
        for one in history
        if one.outcome in BACKED and one.startup_id in startup_at and one.partner_id in partner_at
    }
    pairs |= {
        (place, partner_at[company.partner_id])
        for company in portfolio
        if company.partner_id in partner_at
        for place in by_name.get(folded(company.name), ())
        if not (company.country and startups[place].country) or company.country == startups[place].country
    }
    return np.array(sorted(pairs), np.int32).reshape(-1, 2)


def copied(
    said: Sequence[Words],
    sources: Sequence[Words],
    owner: NDArray[np.int32],
    known: NDArray[np.int32],
    function_words: frozenset[str],
) -> dict[int, Copy]:
    """Place of a startup → what it copied, for those that copied anything.

    said: the words of startups. sources: those of theses and briefs. owner: (sources,) the partner of each. known:
    (k, 2) places of startup and partner whose texts may say the same, see `known_pairs`.
    """
    numbers: dict[str, int] = {}
    theirs = _stream(sources, function_words, numbers)
    known_words = len(numbers)
    ours = _stream(said, function_words, numbers)
    np.minimum(ours.ids, known_words, out=ours.ids)
    seeds = [_in_order(ours, theirs, windows) for windows in _seeds(ours, theirs, known_words, len(sources))]
    if not seeds:
        return {}
    starts, source = (np.concatenate(columns) for columns in zip(*seeds, strict=True))
    startup = ours.owner[starts]
    partners = max(int(owner.max()), int(known[:, 1].max(initial=0))) + 1
    exempt = known[:, 0].astype(np.int64) * partners + known[:, 1]
    new = np.isin(startup * partners + owner[source], exempt, invert=True)
    return {
        one: _copy(said[one], ours, theirs, one, starts[new & (startup == one)], source[new & (startup == one)])
        for one in np.unique(startup[new]).tolist()
    }


def _stream(texts: Sequence[Words], function_words: frozenset[str], numbers: dict[str, int]) -> _Stream:
    """Lay out the words; `numbers` gains those it has not."""
    ids: list[int] = []
    place: list[int] = []
    length: list[int] = []
    for said in texts:
        before = len(ids)
        for at, word in enumerate(said.words):
            if word not in function_words:
                ids.append(numbers.setdefault(word.removesuffix("'s"), len(numbers)))
                place.append(at)
        length.append(len(ids) - before)
    return _Stream(
        ids=np.array(ids, np.int64),
        owner=np.repeat(np.arange(len(texts)), length),
        place=np.array(place, np.int64),
    )


def _seeds(ours: _Stream, theirs: _Stream, known_words: int, sources: int) -> Iterator[_Windows]:
    """Windows whose words stand in one source, in whatever order; block by block."""
    reach = _LONG[0]
    for left in range(0, sources, _SOURCES_AT_ONCE):
        right = min(left + _SOURCES_AT_ONCE, sources)
        mine = (left <= theirs.owner) & (theirs.owner < right)
        table = np.zeros((known_words + 1, right - left), np.uint8)  # the last row: words of no source
        table[theirs.ids[mine], theirs.owner[mine] - left] = 1
        size = max(reach, _CELLS_AT_ONCE // (right - left))
        for top in range(0, len(ours.ids), size):
            one = table[ours.ids[top : top + size + reach - 1]]
            two = one[:-1] + one[1:]
            four = two[:-2] + two[2:]
            eight = four[:-4] + four[4:]
            twelve = eight[:-4] + four[8:]
            for (length, least), count in ((_SHORT, eight), (_LONG, twelve)):
                start, source = np.nonzero(count[:size] >= least)
                any_order = (count[start, source] == length) & (length == reach)
                start += top
                whole = ours.owner[start] == ours.owner[start + length - 1]
                if whole.any():
                    yield _Windows(
                        starts=start[whole], source=source[whole] + left, length=length, any_order=any_order[whole]
                    )


def _in_order(ours: _Stream, theirs: _Stream, windows: _Windows) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """(starts, sources) of those in which enough neighbours are neighbours in the source too."""
    words, sources = int(max(ours.ids.max(), theirs.ids.max())) + 1, int(theirs.owner[-1]) + 1
    beside = theirs.owner[:-1] == theirs.owner[1:]
    there = ((theirs.ids[:-1] * words + theirs.ids[1:]) * sources + theirs.owner[:-1])[beside]
    first = windows.starts[:, None] + np.arange(windows.length - 1)
    here = (ours.ids[first] * words + ours.ids[first + 1]) * sources + windows.source[:, None]
    enough = (np.isin(here, there).sum(axis=1) >= _NEIGHBOURS[windows.length]) | windows.any_order
    return windows.starts[enough], windows.source[enough]


def _copy(
    said: Words,
    ours: _Stream,
    theirs: _Stream,
    startup: int,
    starts: NDArray[np.int64],
    source: NDArray[np.int64],
) -> Copy:
    """Let the seeds of one startup grow as far as the words go on. starts: where they begin in the stream."""
    first, stop = np.searchsorted(ours.owner, [startup, startup + 1])
    ids, place = ours.ids[first:stop], ours.place[first:stop]
    sentence = np.cumsum(np.array(said.gaps) == SENTENCE)[place]
    taken = np.zeros(len(ids), bool)
    most, most_source = 0, -1
    for one in np.unique(source).tolist():
        theirs_ids = theirs.ids[slice(*np.searchsorted(theirs.owner, [one, one + 1]))]
        own = _grown(ids, theirs_ids, starts[source == one] - first, sentence)
        taken |= own
        if own.sum() > most:
            most, most_source = int(own.sum()), one
    edges = np.flatnonzero(np.diff(taken, prepend=False, append=False))
    runs = zip(place[edges[::2]].tolist(), place[edges[1::2] - 1].tolist(), strict=True)
    spans = spans_of(said, (at for begin, end in runs for at in range(begin, end + 1)))
    return Copy(spans=spans, source=most_source, share=float(taken.mean()))


def _grown(
    ids: NDArray[np.int64], source: NDArray[np.int64], seeds: NDArray[np.int64], sentence: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """(n,) which words were copied from one source. ids: the words; source: those of the source, in order."""
    length = _SHORT[0]
    there = np.isin(ids, source)
    goes_on = sliding_window_view(there, length).sum(axis=1) >= _GOES_ON
    run = np.cumsum(~goes_on)
    own = np.zeros(len(ids), bool)
    for number in np.unique(run[seeds]):
        windows = np.flatnonzero(goes_on & (run == number))
        inner = windows[0] + np.flatnonzero(there[windows[0] : windows[-1] + length])
        own[inner[0] : inner[-1] + 1] = True
    ends = np.flatnonzero(own)
    for gap in np.flatnonzero(np.diff(ends) <= _BRIDGE + 1).tolist():
        own[ends[gap] : ends[gap + 1]] = True
    sown = np.zeros(len(ids), bool)
    sown[(seeds[:, None] + np.arange(length)).ravel()] = True
    words = int(max(ids.max(), source.max())) + 1
    beside = np.append(np.isin(ids[:-1] * words + ids[1:], source[:-1] * words + source[1:]), False)
    for number in np.unique(sentence[own]):
        mine = own & (sentence == number)
        whole = mine.sum() >= _MOST * (sentence == number).sum() or (mine & sown).sum() >= length
        if not whole and (mine & beside).sum() < _HALF * mine.sum():
            own[mine] = False
    return own
