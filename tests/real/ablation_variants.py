"""The rows of docs/ablation.md: what is left out, what is computed in another way, and what is added."""

from dataclasses import dataclass

import numpy as np

from matcher.steps.past_fit import SHARED_LIKENESS, SHARED_PAST, SHARED_PLACE
from tests.real.ablation_columns import (
    PAST,
    alike_by_partners,
    best_of,
    both,
    close,
    drawn,
    fused_ranks,
    home,
    kindred,
    less_the_usual,
    mapped,
    past_with,
    peers,
    ridge,
    votes,
    with_neighbours,
    with_vocabulary,
    words_of,
)

# Features that nobody states in these sets: an added feature is learned in the column of one of them.
SPARE = ("technology", "ticket", "gives", "sector", "stage")


@dataclass(frozen=True, kw_only=True)
class Variant:
    """One row of a table. off: features left out. columns: feature → how it is computed instead, or SPARE → a new one.

    weights: what people would set where there is nothing to learn from; a new feature has 0 otherwise.
    """

    part: str
    name: str
    off: tuple = ()
    columns: dict | None = None
    weights: dict | None = None


def new(function, at=0):
    return {SPARE[at]: function}


WORDS = ("thesis", "thesis_words")
SOFT_SECTOR = {"past_sector": lambda side: side.lift(alike_by_partners(side, "sector"), "sector", SHARED_PAST)}
SOFT_COUNTRY = {"past_country": lambda side: side.lift(alike_by_partners(side, "country"), "country", SHARED_PAST)}
CITY_TOO = {"past_kindred": kindred(city=1.0)}
SIZE = new(lambda side: side.lift(side.raises, "raise", 5.0))
HOME = new(home, 1)
CLOSE_AND_WORDS = {"past_close": lambda side: side.pooled(side.close * (1 + 2 * side.overlap))}
TOLD = {SPARE[0]: 0.3, SPARE[1]: 0.5}
TOGETHER = SOFT_SECTOR | SOFT_COUNTRY | HOME | SIZE


def _shipped_parts():
    part = "Left out"
    yield Variant(part=part, name="thesis and its words", off=WORDS)
    for name in WORDS:
        yield Variant(part=part, name=name, off=(name,))
    for name in ("earlier_words", *PAST):
        yield Variant(part=part, name=name, off=(name,))
    yield Variant(part=part, name="all of the past but words", off=PAST)
    yield Variant(part=part, name="all of the past", off=("earlier_words", *PAST))
    part = "Left out within a feature"
    for name, less in (("raise", {"raises": 0}), ("founding year", {"years": 0}), ("stage", {"stages": 0})):
        yield Variant(part=part, name=f"past_kindred without {name}", columns={"past_kindred": kindred(**less)})
    yield Variant(
        part=part,
        name="past_place with the very city only",
        columns={"past_place": lambda side: side.lift(side.same("city"), "city", SHARED_PLACE)},
    )
    for off in (("country",), ("sector",), ("country", "sector")):
        yield Variant(
            part=part, name=f"past_close without {' and '.join(off)}", columns=close(**dict.fromkeys(off, False))
        )
    everything = (*WORDS, "earlier_words", *PAST)
    for kept in (WORDS, ("earlier_words",), *((name,) for name in PAST)):
        yield Variant(part="Alone", name=" and ".join(kept), off=tuple(name for name in everything if name not in kept))


def _tried():
    def of(part, **named):
        for name, columns in named.items():
            weights = {name: TOLD.get(name, 0.0) for name in columns if name in SPARE}
            yield Variant(part=part, name=name.replace("_", " "), columns=columns, weights=weights)

    yield from of(
        "Pooling, in place of past_close",
        best_one=best_of(1), mean_of_the_best_three=best_of(3), mean_of_the_best_five=best_of(5),
        sharpness_4=close(sharpness=4), sharpness_8=close(sharpness=8), sharpness_16=close(sharpness=16),
        sharpness_20=close(sharpness=20),
    )  # fmt: skip
    yield from of(
        "Query expansion, in earlier_words",
        aliases_and_labels_of_its_sectors=words_of(with_vocabulary),
        words_of_the_five_nearest=words_of(with_neighbours),
    )
    yield from of(
        "A map of the vectors, in past_close",
        centred=mapped("centred"), whitened_by_half=mapped("whitened"), whitened_by_a_tenth=mapped("whitened", 0.9),
        partners_told_apart=mapped("told apart"),
    )  # fmt: skip
    yield from of("Added", a_ridge_regression_to_partners=new(ridge))
    yield from of(
        "Meaning and words together",
        cosine_and_half_the_overlap={"past_close": lambda s: s.pooled(s.closeness(cosine=s.cosine + s.overlap / 2))},
        closeness_times_1_plus_twice_the_overlap=CLOSE_AND_WORDS,
        ranks_fused_added=new(fused_ranks),
        votes_of_the_50_nearest_added=new(votes),
        words_sharpened_and_summed={"earlier_words": lambda s: s.pooled(np.expm1(8 * s.overlap))},
        share_of_closeness_added=new(lambda s: s.lift(np.exp(6 * s.cosine), "text", SHARED_LIKENESS)),
    )
    yield from of(
        "Small segments",
        **{f"country_and_sector_beyond_each,_drawn_by_{n}": new(lambda s, n=n: both(s, n)) for n in (5, 10, 20, 40)},
        **{
            f"country_and_sector_each_drawn_by_{n}": drawn("past_country", "country", "country", n)
            | drawn("past_sector", "sector", "sector", n)
            for n in (5, 10, 40)
        },
        sectors_alike_by_partners=SOFT_SECTOR,
        countries_alike_by_partners=SOFT_COUNTRY,
        past_of_those_who_backed_the_same_by_sector=new(lambda s: peers(s, s.sector, "sector")),
        past_of_those_who_backed_the_same_by_closeness=new(lambda s: peers(s, np.exp(6 * s.cosine), "text")),
        raise_as_a_feature_of_its_own=SIZE,
        partner_of_the_same_country=HOME,
    )
    yield from of(
        "Recency, half life in years",
        **{str(years): past_with(years) for years in (0.75, 1, 3, 6)}, none=past_with(None),
    )  # fmt: skip
    yield from of("Place", the_city_in_past_kindred_too=CITY_TOO)
    for weight in (0.5, 1.5, 2.0):
        yield Variant(part="Place", name=f"past_place at weight {weight}", weights={"past_place": weight})
    for name in WORDS:
        yield Variant(part="Thesis", name=f"{name} at half its weight", weights={name: 1.0})
    usual = less_the_usual("thesis") | less_the_usual("thesis_words")
    for times in (0.5, 1.0, 2.0, 4.0):
        yield Variant(
            part="Thesis",
            name=f"both less the usual, weights × {times}",
            columns=usual,
            weights={name: 2.0 * times for name in WORDS},
        )
    yield from of(
        "Together",
        both_alike_by_partners=SOFT_SECTOR | SOFT_COUNTRY,
        those_with_country_and_raise=TOGETHER,
        those_with_the_city_in_kindred=TOGETHER | CITY_TOO,
        those_with_closeness_times_words=TOGETHER | CLOSE_AND_WORDS,
        those_with_both=TOGETHER | CITY_TOO | CLOSE_AND_WORDS,
    )
    for weight in (0.7, 1.3):
        yield Variant(
            part="Together",
            name=f"those with both, past_place at {weight}, thesis at half",
            columns=TOGETHER | CITY_TOO | CLOSE_AND_WORDS,
            weights=TOLD | {"past_place": weight, "thesis": 1.0},
        )


VARIANTS = (*_shipped_parts(), *_tried())
