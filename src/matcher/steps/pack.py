"""A shortlist result laid out as a briefing pack: a page a startup, a page a partner, and the lists over all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from matcher.domain.override import PIN
from matcher.domain.pack import Pack, PackMeeting, Page
from matcher.domain.vocabulary import KIND_LABELS, STAGE_LABELS, folded
from matcher.steps.pack_pairs import meeting
from matcher.steps.pack_tables import first_tables, rest_tables, wanted
from matcher.steps.pack_words import (
    DRAFT,
    counted,
    date_words,
    in_short,
    named,
    printed,
    proof_words,
    sentence_of,
    shortened,
)
from matcher.steps.texts import sentences

# A footer is one line.
_LONGEST_RUNNING = 80


def briefing_pack(result: Mapping[str, Any], *, status: str = DRAFT) -> Pack:
    """The pack of a shortlist result (`result_json`). Equal results and equal status, equal packs.

    status: whether an officer has approved the run, in one sentence. Startups and partners go by name.
    """
    names = _names(result)
    placed = sorted(result["placed"], key=lambda place: _by_name(names, place["startup_id"]))
    loads = sorted(result["loads"], key=lambda load: _by_name(names, load["partner_id"]))
    pages = {place["startup_id"]: f"startup-{at}" for at, place in enumerate(placed, start=1)}
    # In a corridor a startup can stand on one side only, so no id has two pages.
    busy = [load for load in loads if load["meetings"]]
    pages |= {load["partner_id"]: f"partner-{at}" for at, load in enumerate(busy, start=1)}
    programme, day = printed(result["programme_name"]), date_words(result["as_of"])
    return Pack(
        title=f"{programme}: briefing pack",
        status=printed(status),
        as_of=result["as_of"],
        about=(
            ("What this is", "Suggestions; a named officer decides who meets whom."),
            ("Programme", programme),
            ("As of", day),
            ("Run", result["run_id"]),
            ("Ranker", printed(result["ranker"])),
            ("In short", in_short(result, len(busy))),
            ("Proof", proof_words(result)),
            *((("Decided", decided_words(result, names)),) if result.get("overrides") else ()),
            *_HOW_TO_READ,
        ),
        running=f"{_cut(programme)} · run {result['run_id']} · as of {day}",
        first=first_tables(result, names, pages),
        startups=tuple(_startup_page(place, result, names, pages) for place in placed),
        partners=tuple(_partner_page(load, result, names, pages) for load in busy),
        rest=rest_tables(result, loads, names, pages),
    )


def decided_words(result: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """What officers decided of pairs, each in a clause; a pin that the plan could not keep to says so."""
    clauses = []
    for one in result["overrides"]:
        pair = [names.get(one[side]) or one[side] for side in ("startup_id", "partner_id")]
        void = ", which is void as things are" if one["void"] else ""
        word = "pinned" if one["kind"] == PIN else "banned"
        clauses.append(f"{one['person']} {word} {pair[0]} with {pair[1]} (“{printed(one['reason'])}”){void}")
    return "; ".join(clauses) + "."


_HOW_TO_READ = (
    ("Reasons", "“It” is always the startup, and “they” are always the partner."),
    ("Quotes", "Each is word for word from a profile, a brief or the record of an earlier company."),
    ("Fit", "Strong, good, possible or weak: how likely such a pair is to go together, beside an average one."),
    ("Confidence", "How much of what could be known of the pair is known. It says nothing of the fit."),
    ("Score", "A sum of points, comparable across startups. It is neither a percentage nor a probability."),
    ("Before you send it", "It is written for staff. A startup or a partner needs its own page only; read it first."),
)


def _names(result: Mapping[str, Any]) -> dict[str, str]:
    """Id → name, with the id behind it where two have the same name."""
    known = {item["startup_id"]: item.get("name") for key in _OF_STARTUPS for item in result[key]}
    known |= {load["partner_id"]: load["name"] for load in result["loads"]}
    for pair in (*result["pairs"], *result["alternates"]):
        known |= {pair["startup_id"]: pair["startup_name"], pair["partner_id"]: pair["partner_name"]}
    plain = {id_: printed(name or "") or id_ for id_, name in known.items()}
    often = Counter(folded(name) for name in plain.values())
    return {id_: f"{name} ({id_})" if often[folded(name)] > 1 else name for id_, name in plain.items()}


_OF_STARTUPS = ("refused", "unplaced", "placed")


def _by_name(names: Mapping[str, str], id_: str) -> tuple[str, str]:
    return folded(names[id_]), id_


def _startup_page(
    place: Mapping[str, Any], result: Mapping[str, Any], names: Mapping[str, str], pages: Mapping[str, str]
) -> Page:
    id_ = place["startup_id"]
    about = _first_sentence(place.get("summary"))
    seen = {about} if about else set()
    pairs, alternates = ([pair for pair in result[key] if pair["startup_id"] == id_] for key in ("pairs", "alternates"))
    stage = place.get("stage")
    where = [place.get("city"), place.get("country_name") or place.get("country")]
    return _once(
        Page(
            key=pages[id_],
            id=id_,
            name=names[id_],
            facts=(
                *(printed(said) for said in where if said),
                *([STAGE_LABELS.get(stage, stage)] if stage else []),
                counted(len(pairs), "meeting"),
            ),
            about=about,
            remarks=tuple(_shortfalls(id_, result["certificate"]["short"], names)),
            cautions=(),
            asks=(),
            meetings=tuple(meeting(pair, "startup", pair["rank"], pages, names, seen) for pair in pairs),
            alternates=tuple(
                meeting(pair, "startup", pair["rank"], pages, names, seen, brief=True) for pair in alternates
            ),
        )
    )


def _partner_page(
    load: Mapping[str, Any], result: Mapping[str, Any], names: Mapping[str, str], pages: Mapping[str, str]
) -> Page:
    id_, capacity = load["partner_id"], load["capacity"]
    seen: set[str] = set()
    pairs, alternates = (_best_first(result[key], id_) for key in ("pairs", "alternates"))
    most = "no limit" if capacity is None else f"takes {capacity:,} at most"
    where = [load.get("city"), load.get("country_name") or load.get("country")]
    return _once(
        Page(
            key=pages[id_],
            id=id_,
            name=names[id_],
            facts=(
                KIND_LABELS[load["kind"]],
                *(printed(said) for said in where if said),
                f"{counted(len(pairs), 'meeting')}, {most}",
            ),
            about=None,
            remarks=(),
            cautions=(),
            asks=(),
            meetings=tuple(meeting(pair, "partner", at, pages, names, seen) for at, pair in enumerate(pairs, start=1)),
            alternates=tuple(
                meeting(pair, "partner", at, pages, names, seen, brief=True)
                for at, pair in enumerate(alternates, start=1)
            ),
        )
    )


def _once(page: Page) -> Page:
    """The page with what every meeting would say alike said once, before them, and the rest in full only once."""
    if len(page.meetings) < 2:
        return _cautions_once(page)
    first, *others = page.meetings
    cautions = tuple(said for said in first.cautions if all(said in other.cautions for other in others))
    asks = tuple(said for said in first.asks if all(said in other.asks for other in others))
    meetings = tuple(
        replace(
            own,
            cautions=tuple(said for said in own.cautions if said not in cautions),
            asks=tuple(said for said in own.asks if said not in asks),
        )
        for own in page.meetings
    )
    alternates = tuple(
        replace(own, cautions=tuple(said for said in own.cautions if said not in cautions)) for own in page.alternates
    )
    return _cautions_once(replace(page, cautions=cautions, asks=asks, meetings=meetings, alternates=alternates))


def _cautions_once(page: Page) -> Page:
    """The page with a caution that comes again cut to its first words."""
    told: set[str] = set()

    def cut(own: PackMeeting) -> PackMeeting:
        cautions = tuple(shortened(said) if said in told else said for said in own.cautions)
        told.update(own.cautions)
        return replace(own, cautions=cautions)

    meetings = tuple(map(cut, page.meetings))
    return replace(page, meetings=meetings, alternates=tuple(map(cut, page.alternates)))


def _best_first(pairs: Sequence[Mapping[str, Any]], partner_id: str) -> list[Mapping[str, Any]]:
    """A partner's pairs by score; those that could not be assessed last."""
    own = [pair for pair in pairs if pair["partner_id"] == partner_id]
    return sorted(own, key=lambda pair: (pair["score"] is None, -(pair["score"] or 0.0), pair["startup_id"]))


def _shortfalls(id_: str, short: Sequence[Mapping[str, Any]], names: Mapping[str, str]) -> Iterator[str]:
    for missing in short:
        if missing["id"] == id_:
            yield sentence_of(
                f"It has {missing['got'] or 'none'} of the {wanted(missing)} it should have: "
                f"{named(missing['because'], names)}"
            )


def _first_sentence(summary: str | None) -> str | None:
    text = printed(summary or "")
    ends = sentences(text)
    return text[slice(*ends[0])] if ends else None


def _cut(programme: str) -> str:
    return programme if len(programme) <= _LONGEST_RUNNING else f"{programme[: _LONGEST_RUNNING - 1].rstrip()}…"
