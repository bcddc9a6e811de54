"""One pair of a shortlist as a meeting in a briefing pack, as either side reads of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from matcher.domain.pack import PackMeeting, Said, Strength
from matcher.domain.vocabulary import KIND_LABELS
from matcher.steps.banded import MEDIUM
from matcher.steps.pack_words import confidence_words, fit_words, named, printed, sentence_of, shortened

# Feature → what it is about, and what tells the same story: of one story the strongest part is told.
_TOPICS = {
    "thesis": ("What they look for", "thesis"),
    "thesis_words": ("What they look for", "thesis"),
    "brief": ("Their brief", "brief"),
    "theme": ("", "theme"),
    "sector": ("Sectors", "sector"),
    "technology": ("Technologies", "technology"),
    "stage": ("Stage", "stage"),
    "country": ("Country", "country"),
    "ticket": ("Money", "ticket"),
    "gives": ("What it seeks", "gives"),
    "ready": ("Readiness", "ready"),
    "past_close": ("Earlier companies", "close"),
    "earlier_words": ("Earlier companies", "close"),
}
_OF_THE_PAST = ("Earlier companies", "past")
# Beyond three, nobody reads them before a meeting.
_MOST = 3
# By so many first letters a contribution is known again in the reason, which may go on in other words.
_KNOWN_BY = 24
# Words in common, behind a label.
_SHARED_WORDS = re.compile(r" \((?:“[^”]*”(?:, | and )?)+\)$")


def meeting(
    pair: Mapping[str, Any],
    side: str,
    number: int,
    pages: Mapping[str, str],
    names: Mapping[str, str],
    seen: set[str],
    brief: bool = False,
) -> PackMeeting:
    """The pair as this side, startup or partner, reads of it.

    brief: without what lies under its reason. pages, names: id → key of its page, and its name. seen: the sentences
    that the page has already; those shown are added.
    """
    other = pair["partner_id"] if side == "startup" else pair["startup_id"]
    reason = pair["reason"] if side == "startup" else _for_partner(pair)
    # Two startups can be the same to a partner; as a pair they differ.
    reason = pair["reason"] if reason in seen else reason
    seen.add(reason)
    return PackMeeting(
        number=number,
        page=pages.get(other),
        name=names[other],
        kind=KIND_LABELS[pair["kind"]] if side == "startup" else None,
        fit=fit_words(pair["band"]),
        confidence=confidence_words(pair["confidence"]),
        reason=sentence_of(reason),
        strengths=() if brief else tuple(_strengths(pair, side, reason, names, seen)),
        cautions=tuple(sentence_of(named(said, names)) for said in pair["cautions"]),
        asks=() if brief else tuple(sentence_of(named(said["detail"], names)) for said in pair["unknown"]),
    )


def _for_partner(pair: Mapping[str, Any]) -> str:
    """Why the partner should want it: what the startup is to the partner, told as the reason is."""
    clauses: list[str] = []
    for part in _strongest(pair, "startup"):
        label = part["label"]
        words = _SHARED_WORDS.search(label)
        if words and any(words[0] in clause for clause in clauses):
            label = _SHARED_WORDS.sub("", label)
        clauses.append(label[:1].lower() + label[1:])
    return "; ".join(clauses[:_MOST]) or pair["reason"]


def _strongest(pair: Mapping[str, Any], but_for: str | None) -> Iterator[Mapping[str, Any]]:
    """What speaks for the pair, the strongest first, of one story once. but_for: not what fits this side alone."""
    told = set()
    for part in sorted(pair["contributions"], key=lambda part: -part["points"]):
        _, story = _TOPICS.get(part["feature"], _OF_THE_PAST)
        if part["points"] > 0 and part["fit_for"] != but_for and story not in told:
            told.add(story)
            yield part


def _strengths(
    pair: Mapping[str, Any], side: str, reason: str, names: Mapping[str, str], seen: set[str]
) -> Iterator[Strength]:
    """The strongest contributions: with a sentence where the reason does not hold it, with quotes where there are."""
    left = _MOST
    own: list[str] = []
    for part in _strongest(pair, None if side == "startup" else "startup"):
        topic, _ = _TOPICS.get(part["feature"], _OF_THE_PAST)
        label = part["label"]
        said = None if label[:_KNOWN_BY].casefold() in reason.casefold() else sentence_of(label)
        said = None if said in seen else said
        # What quotes only what this meeting has quoted already adds nothing.
        own_quotes = [printed(quote["quote"]) for quote in part["evidence"]]
        quotes = [] if all(quote in own for quote in own_quotes) else part["evidence"]
        # That both speak to the theme goes for nearly everybody; what counts for little is no strength.
        if left and topic and part["points"] >= MEDIUM and (said or quotes):
            left -= 1
            yield Strength(topic=topic, said=said, quotes=tuple(_said(quote, pair, names, seen) for quote in quotes))
            seen |= {said} if said else set()
            own += own_quotes


def _said(quote: Mapping[str, Any], pair: Mapping[str, Any], names: Mapping[str, str], seen: set[str]) -> Said:
    text = printed(quote["quote"])
    words = shortened(text) if text in seen else f"“{text}”"
    seen.add(text)
    return Said(who=_who(quote, pair, names), quote=words)


def _who(quote: Mapping[str, Any], pair: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Who said it, and where: of an earlier company the partner's record says it."""
    record = quote["record"]
    if quote["side"] == "startup":
        return names[pair["startup_id"]]
    partner = names[pair["partner_id"]]
    if record["kind"] == "brief":
        return f"{partner}, in its brief"
    if record["id"] == pair["partner_id"]:
        return partner
    company = names.get(record["id"]) if record["kind"] == "startup" else None
    return f"{company}, an earlier company of {partner}" if company else f"An earlier company of {partner}"
