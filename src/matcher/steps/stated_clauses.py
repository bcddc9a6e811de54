"""What both sides state in so many words, as clauses for or against a pair."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from matcher.domain import money
from matcher.domain.profile import Partner
from matcher.domain.vocabulary import KIND_LABELS, KINDS_FOR, STAGE_LABELS, STAGES
from matcher.steps.change_words import SEEKS_WORDS
from matcher.steps.inputs import Inputs
from matcher.steps.matches import Matches, PairRow
from matcher.steps.measure import FEATURES
from matcher.steps.nearness import NEITHER, SAYS_NEITHER, STILL_BETTER, speaks
from matcher.steps.past_counts import sector_words, told_sectors
from matcher.steps.rule_words import listed, ticket_words

_COLUMN = {name: column for column, name in enumerate(FEATURES)}
_MOST_TAGS = 3


class StatedClauses:
    """Writes about what is stated, of the pairs of one match."""

    def __init__(self, inputs: Inputs, matches: Matches) -> None:
        self._inputs = inputs
        self._matches = matches
        self._write: dict[str, Callable[[PairRow, bool], str]] = {
            "sector": self._sector,
            "technology": self._technology,
            "stage": self._stage,
            "country": self._country,
            "ticket": self._ticket,
            "gives": self._gives,
            "ready": self._ready,
        }

    def clause(self, feature: str, pair: PairRow) -> str:
        """What one of these features says."""
        points = float(self._matches.ranked.points[pair.row, _COLUMN[feature]])
        said = self._write[feature](pair, points > 0)
        if speaks(points) == NEITHER:
            return f"{said}: {SAYS_NEITHER}"
        nothing = self._matches.features.values[pair.row, _COLUMN[feature]] == 0
        return f"{said}: {STILL_BETTER}" if points > 0 and nothing else said

    def _sector(self, pair: PairRow, speaks_for: bool) -> str:
        vocabulary = self._inputs.vocabulary
        same = [tag for tag in pair.startup.sectors if tag in pair.partner.sectors]
        if same:
            said = listed(sector_words(tag, vocabulary) for tag in same)
            if not speaks_for:
                return f"of its sectors they name only {said}"
            theirs = told_sectors(pair.partner.sectors, vocabulary)
            return f"both name {said} ({_share(sum(tag in theirs for tag in same), len(theirs))})"
        for tag in pair.startup.sectors:
            for other in pair.partner.sectors:
                if other in vocabulary.wider(tag) or tag in vocabulary.wider(other):
                    near = "near" if speaks_for else "only near"
                    return f"it is in {vocabulary.label(tag)}, {near} their {vocabulary.label(other)}"
        own = told_sectors(pair.startup.sectors, vocabulary)
        return f"they name {self._tags(pair.partner.sectors, 'and')}, not {self._tags(own, 'or')}"

    def _technology(self, pair: PairRow, speaks_for: bool) -> str:
        same = [tag for tag in pair.startup.technologies if tag in pair.partner.technologies]
        if same and speaks_for:
            return f"both name {self._tags(same, 'and')} as {_technologies(same)}"
        if same:
            return f"of its technologies they name only {self._tags(same, 'and')}"
        theirs, own = pair.partner.technologies, pair.startup.technologies
        return f"they name {self._tags(theirs, 'and')} as {_technologies(theirs)}, not {self._tags(own, 'or')}"

    def _tags(self, tags: Sequence[str], last: str) -> str:
        said = [sector_words(tag, self._inputs.vocabulary) for tag in tags[:_MOST_TAGS]]
        return listed([*said, "others"] if len(tags) > _MOST_TAGS else said, last)

    def _stage(self, pair: PairRow, speaks_for: bool) -> str:
        stage, stages = STAGE_LABELS[pair.startup.stage or ""], pair.partner.stages
        if len(stages) == 1:
            return f"they take startups at {stage}, where it is"
        taken = sorted(stages, key=STAGES.index)
        first, last = STAGES.index(taken[0]), STAGES.index(taken[-1])
        if len(taken) > 2 and last - first + 1 == len(taken):
            said = f"from {STAGE_LABELS[taken[0]]} to {STAGE_LABELS[taken[-1]]}"
        else:
            said = f"at {listed(STAGE_LABELS[one] for one in taken)}"
        return f"it is at {stage}, and they take startups {said}"

    def _country(self, pair: PairRow, speaks_for: bool) -> str:
        country, number = self._inputs.vocabulary.country(pair.startup.country or ""), len(pair.partner.countries)
        if number == 1:
            return f"they take startups from {country}, where it is"
        return f"it is from {country}, one of the {number} countries they take startups from"

    def _ticket(self, pair: PairRow, speaks_for: bool) -> str:
        raise_ = money.words(pair.startup.raising) if pair.startup.raising else ""
        covered = float(self._matches.features.values[pair.row, _COLUMN["ticket"]])
        if covered < 1:
            share = max(1, min(99, round(100 * covered)))
            upto = "up to" if speaks_for else "no more than"
            return f"their ticket {_ticket(pair.partner)} covers {upto} {share} % of its raise of {raise_}"
        return f"its raise of {raise_} is within their ticket {_ticket(pair.partner)}"

    def _gives(self, pair: PairRow, speaks_for: bool) -> str:
        kind = KIND_LABELS[pair.partner.kind]
        a_kind = f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"
        given = [SEEKS_WORDS[one] for one in pair.startup.seeks if pair.partner.kind in KINDS_FOR[one]]
        if not given:
            seeks = listed((SEEKS_WORDS[one] for one in pair.startup.seeks), "or")
            return f"it seeks {seeks}, which {a_kind} does not give"
        if speaks_for:
            return f"it seeks {listed(given)}, which {a_kind} can give"
        return f"of what it seeks, {a_kind} can give only {listed(given)}"

    def _ready(self, pair: PairRow, speaks_for: bool) -> str:
        kind = KIND_LABELS[pair.partner.kind]
        a_kind = f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"
        if speaks_for:
            return f"it says that it is not investment-ready yet, and {a_kind} can help it get there"
        return f"it says that it is not investment-ready yet, so support comes before {a_kind}"


def _share(number: int, of: int) -> str:
    """How many of the sectors that a partner names."""
    if number < of:
        return f"{number} of their {of} sectors"
    return "their one sector" if of == 1 else "both their sectors" if of == 2 else f"all their {of} sectors"


def _technologies(tags: Sequence[str]) -> str:
    return "a technology" if len(tags) == 1 else "technologies"


def _ticket(partner: Partner) -> str:
    if partner.ticket_min is None or partner.ticket_max is None:
        return f"({ticket_words(partner)})"
    return f"of {ticket_words(partner)}"
