"""Which rules keep a party from how many of the other side."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.domain.match import RefusedBy
from matcher.steps.admit import BETWEEN_RULES, PARTNER_RULES, PROGRAMME_RULES, UNMET, Admission

# What a rule refuses, said of the other side.
_OF_PARTNERS = {
    "country": "do not take startups from its country",
    "stage": "do not take startups at its stage",
    "ticket": "have a smallest ticket above its raise",
    "uk_entity": "ask for a UK entity, which it does not have",
    "eis_seis": "invest under EIS or SEIS, which asks for a UK entity that it does not have",
    "excludes": "exclude what it does",
}
_OF_STARTUPS = {
    "country": "come from countries that they do not take",
    "stage": "are at stages that they do not take",
    "ticket": "raise less than their smallest ticket",
    "uk_entity": "have no UK entity, which they ask for",
    "eis_seis": "have no UK entity, which EIS or SEIS asks for",
    "excludes": "are in fields that they exclude",
}
_OF_EDITION = {
    "sector": "are not in the sectors of the edition",
    "country": "come from countries that the edition is not for",
    "hub": "come from hubs that the edition is not for",
    "stage": "are at stages that the edition does not take",
    "women_led": "do not declare what the edition asks of who leads them",
    "already_raised": "have raised no money, which the edition asks for",
    "market_ready": "say that they are not market-ready, which the edition asks for",
    "investment_ready": "say that they are not investment-ready, which the edition asks for",
    "uk_entity": "have no UK entity, which the edition asks for",
    "applied": "are not known to have applied, which the edition asks for",
    "source_programme": "come from programmes that the edition does not take",
}
_BETWEEN = {
    "met_before": "have met it before",
    "cooling_off": "have to wait after what came of an earlier suggestion",
    "other_side": "are not what the corridor asks of the other side",
    "shared_sector": "are in none of the corridor's sectors that it is in",
}
_RULES = (*PROGRAMME_RULES, *BETWEEN_RULES, *PARTNER_RULES)


def unmet_rules(admission: Admission) -> NDArray[np.bool_]:
    """(startups, partners, programme rules, between rules, partner rules) which of them refuse each pair."""
    shape = admission.partner.shape[:2]
    by_programme = np.broadcast_to(admission.programme[:, None, :], (*shape, len(PROGRAMME_RULES)))
    said = np.concatenate([by_programme, admission.between, admission.partner], axis=2)
    unmet: NDArray[np.bool_] = said == UNMET
    return unmet


def refusals(admission: Admission, side: str, programme_details: dict[str, str], others: str) -> tuple[RefusedBy, ...]:
    """The rules that refuse somebody, the one that refuses most first.

    admission: of one startup with all partners, or of all startups with one partner; side says which: "startup" or
    "partner" is the one. programme_details: what the edition's rules say of that one startup. others: what the other
    side is, "partners" or "startups".
    """
    unmet = unmet_rules(admission).reshape(-1, len(_RULES))
    only_one = unmet.sum(axis=1) == 1
    found = []
    for column, rule in enumerate(_RULES):
        count, alone = int(unmet[:, column].sum()), int((unmet[:, column] & only_one).sum())
        if not count:
            continue
        between = len(PROGRAMME_RULES) <= column < len(PROGRAMME_RULES) + len(BETWEEN_RULES)
        asked_by = "programme" if column < len(PROGRAMME_RULES) or between else "partner"
        if side == "startup" and asked_by == "programme" and not between:
            detail = programme_details[rule]
        else:
            words = _OF_PARTNERS if side == "startup" else _OF_EDITION if asked_by == "programme" else _OF_STARTUPS
            words = _BETWEEN if between else words
            detail = _sentence(others, words[rule], count, alone)
        found.append(RefusedBy(rule=rule, asked_by=asked_by, count=count, alone=alone, detail=detail))
    return tuple(sorted(found, key=lambda one: (one.asked_by != "programme", -one.count)))


def _sentence(others: str, what: str, count: int, alone: int) -> str:
    if count == 1:
        verb, rest = what.split(" ", 1)
        return f"1 {others[:-1]} {_OF_ONE[verb]} {rest}."
    if alone == count:
        return f"{count} {others} {what}."
    only = f"{alone} of them by this rule alone" if alone else "all of them also by other rules"
    return f"{count} {others} {what}; {only}."


_OF_ONE = {
    "do": "does",
    "have": "has",
    "ask": "asks",
    "invest": "invests",
    "exclude": "excludes",
    "come": "comes",
    "are": "is",
    "raise": "raises",
    "say": "says",
}
