"""What each feature says of a pair, as a clause that names facts of both profiles."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from matcher.domain import money
from matcher.domain.vocabulary import KIND_LABELS, KINDS_FOR, STAGE_LABELS
from matcher.steps.inputs import Inputs
from matcher.steps.matches import Matches, PairRow
from matcher.steps.measure import FEATURES
from matcher.steps.near_clauses import NearClauses
from matcher.steps.nearness import CLOSE, nearness
from matcher.steps.past_clauses import COUNTED, PastClauses
from matcher.steps.past_counts import named_sectors
from matcher.steps.past_words import did
from matcher.steps.rule_words import listed, ticket_words
from matcher.steps.telling_words import TellingWords
from matcher.steps.texts import BRIEF, THESIS

_ASKS_WORDS = {
    "investor": "their thesis",
    "accelerator": "what their cohorts are for",
    "adviser": "what they advise on",
}
_COLUMN = {name: column for column, name in enumerate(FEATURES)}
_SEEKS_WORDS = {
    "investment": "investment",
    "accelerator": "an accelerator",
    "customers": "customers",
    "pilot": "a pilot",
    "distribution": "distribution",
    "advice": "advice",
}
_MOST_TAGS = 3
# By nearness: far, loose, close.
_IN_MEANING = ("has a little in common with", "touches on", "is close in meaning to")


class Clauses:
    """Writes the clauses of the pairs of one match; keeps what is asked for again and again."""

    def __init__(self, inputs: Inputs, matches: Matches) -> None:
        self.inputs = inputs
        self.matches = matches
        self.words = TellingWords(inputs)
        self.past = PastClauses(inputs, matches)
        self.near = NearClauses(inputs, matches, self.past, self.words)
        self._write: dict[str, Callable[[PairRow], str]] = {
            "thesis": self._thesis,
            "thesis_words": self._thesis_words,
            "brief": self._brief,
            "theme": self._theme,
            "sector": self._sector,
            "technology": self._technology,
            "stage": self._stage,
            "country": self._country,
            "ticket": self._ticket,
            "gives": self._gives,
        }

    def pair(self, row: int) -> PairRow:
        """The pair of a row."""
        pairs, matches = self.matches.pairs, self.matches
        startup = int(matches.startup_places[pairs.startup[row]])
        partner = int(matches.partner_places[pairs.partner[row]])
        return PairRow(
            row=row,
            startup_place=startup,
            partner_place=partner,
            startup=self.inputs.startups[startup],
            partner=self.inputs.partners[partner],
        )

    def clause(self, feature: str, pair: PairRow, again: bool = False) -> str:
        """What a feature says of a pair, for it or against it as its points are; without capital and full stop.

        Words are quoted once until `words.start_anew`. again: the reason has told how many companies there were.
        """
        if feature in COUNTED:
            return self.past.clause(feature, pair, again)
        if feature in ("past_close", "earlier_words"):
            return self.near.clause(feature, pair, again)
        return self._write[feature](pair)

    def text(self, feature: str, pair: PairRow) -> int:
        """The row of PartnerTexts that the clause of a text feature rests on, -1 where there is none."""
        if feature in ("past_close", "earlier_words"):
            return self.near.text(feature, pair)
        if feature == "theme":
            return int(self.matches.features.best_theme[self.matches.pairs.partner[pair.row]])
        if feature == "thesis_words":
            best = int(self.matches.features.best_words[THESIS][pair.row])
            roles = (THESIS, BRIEF)
            return best if best >= 0 else max(self._nearest(pair, role) for role in roles)
        return self._nearest(pair, BRIEF if feature == "brief" else THESIS)

    def _nearest(self, pair: PairRow, role: int) -> int:
        return int(self.matches.near.text[role][pair.row, 0])

    def _nearness(self, pair: PairRow, role: int) -> int:
        return nearness(self.matches.near.similarity[role][pair.row, 0])

    def _for(self, feature: str, pair: PairRow) -> bool:
        return bool(self.matches.ranked.points[pair.row, _COLUMN[feature]] > 0)

    def _value(self, feature: str, pair: PairRow) -> float:
        return float(self.matches.features.values[pair.row, _COLUMN[feature]])

    def _thesis(self, pair: PairRow) -> str:
        asks = _ASKS_WORDS.get(pair.partner.kind, "what they look for")
        if self._for("thesis", pair):
            words = self.words.quoted(pair, self._nearest(pair, THESIS))
            return f"its summary {_IN_MEANING[self._nearness(pair, THESIS)]} {asks}{words and f' ({words})'}"
        if self._nearness(pair, THESIS) == CLOSE and self.matches.features.past.counts["past_active"][pair.row]:
            number = self.past.counted(pair).number
            beside = f"the {number} companies" if number > 1 else "the one company"
            return f"{asks} counts little beside {beside} they {did(pair)}"
        return f"its summary is not close in meaning to {asks}"

    def _thesis_words(self, pair: PairRow) -> str:
        row = self.text("thesis_words", pair)
        words = self.words.quoted(pair, row) or self.words.quoted(pair, row, places=True)
        asks = _ASKS_WORDS.get(pair.partner.kind, "what they look for")
        if self._for("thesis_words", pair):
            if words:
                return f"both speak of {words}"
            if self.words.shared(pair, row):
                return f"these words are in {asks} too"
            role = int(self.inputs.texts.role[row])
            return f"its summary {_IN_MEANING[self._nearness(pair, role)]} {asks}"
        return f"it shares only {words} with {asks}" if words else f"it shares no telling word with {asks}"

    def _brief(self, pair: PairRow) -> str:
        row = self._nearest(pair, BRIEF)
        brief = f"their brief “{self.inputs.texts.names[row]}”"
        if not self._for("brief", pair):
            return f"it is not close in meaning to {brief}"
        words = self.words.quoted(pair, row)
        near = ("has a little in common with", "touches on", "may answer")
        return f"it {near[self._nearness(pair, BRIEF)]} {brief}{words and f' ({words})'}"

    def _theme(self, pair: PairRow) -> str:
        if self._for("theme", pair):
            return "both speak to the edition's theme"
        return "the two do not both speak to the edition's theme"

    def _sector(self, pair: PairRow) -> str:
        vocabulary = self.inputs.vocabulary
        own = named_sectors(pair.startup, self.inputs)
        same = [tag for tag in pair.startup.sectors if tag in pair.partner.sectors]
        if same:
            said = listed(vocabulary.label(tag) for tag in same)
            return f"both name {said}" if self._for("sector", pair) else f"of its sectors they name only {said}"
        for tag in pair.startup.sectors:
            for other in pair.partner.sectors:
                if other in vocabulary.wider(tag) or tag in vocabulary.wider(other):
                    only = "" if self._for("sector", pair) else "only "
                    return f"its {vocabulary.label(tag)} is {only}near their {vocabulary.label(other)}"
        return f"they name {self._tags(pair.partner.sectors, 'and')}, not {self._tags(own, 'or')}"

    def _technology(self, pair: PairRow) -> str:
        same = [tag for tag in pair.startup.technologies if tag in pair.partner.technologies]
        if same:
            said = self._tags(same, "and")
            if self._for("technology", pair):
                return f"both name {said} as {'a technology' if len(same) == 1 else 'technologies'}"
            return f"of its technologies they name only {said}"
        theirs, own = self._tags(pair.partner.technologies, "and"), self._tags(pair.startup.technologies, "or")
        kind = "a technology" if len(pair.partner.technologies) == 1 else "technologies"
        return f"they name {theirs} as {kind}, not {own}"

    def _tags(self, tags: Sequence[str], last: str) -> str:
        said = [self.inputs.vocabulary.label(tag) for tag in tags[:_MOST_TAGS]]
        return listed([*said, "others"] if len(tags) > _MOST_TAGS else said, last)

    def _stage(self, pair: PairRow) -> str:
        return f"they take startups at {STAGE_LABELS[pair.startup.stage or '']}, where it is"

    def _country(self, pair: PairRow) -> str:
        return f"they take startups from {self.inputs.vocabulary.country(pair.startup.country or '')}, where it is"

    def _ticket(self, pair: PairRow) -> str:
        raise_ = money.words(pair.startup.raising) if pair.startup.raising else ""
        covered = self._value("ticket", pair)
        if covered < 1:
            share = max(1, min(99, round(100 * covered)))
            upto = "up to" if self._for("ticket", pair) else "no more than"
            return f"their ticket of {ticket_words(pair.partner)} covers {upto} {share} % of its raise of {raise_}"
        return f"its raise of {raise_} is within their ticket of {ticket_words(pair.partner)}"

    def _gives(self, pair: PairRow) -> str:
        kind = KIND_LABELS[pair.partner.kind]
        a_kind = f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"
        sought = [_SEEKS_WORDS[one] for one in pair.startup.seeks if pair.partner.kind in KINDS_FOR[one]]
        if not sought:
            seeks = listed((_SEEKS_WORDS[one] for one in pair.startup.seeks), "or")
            return f"it seeks {seeks}, which {a_kind} does not give"
        if self._for("gives", pair):
            return f"it seeks {listed(sought)}, which {a_kind} can give"
        return f"of what it seeks, {a_kind} can give only {listed(sought)}"
