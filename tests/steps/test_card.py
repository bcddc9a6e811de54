"""The card of a learned ranker says what it is, what it was measured on, and what came of it."""

from dataclasses import replace

import pytest

from matcher.steps.card import card
from matcher.steps.measure import FEATURES, SAID_TODAY
from tests.choices import a_present

RANKER = replace(
    a_present("kenya-2", past_country=0.6902, centres={"past_country": -0.1054}),
    base=-0.59,
    bands={"strong": 2.18, "good": 1.15, "possible": 0.0},
)


def a_band(band, pairs, happened, share, lift):
    return {"band": band, "pairs": pairs, "happened": happened, "share": share, "lift": lift}


def metrics(difference=(0.031, 0.012, 0.05), years=(2024, 2025), **other):
    row = {"ndcg_at_10": [0.4, 0.35, 0.45], "recall_at_10": [0.6, 0.55, 0.65], "coverage": 0.875}
    return {
        "present": "v2/0123456789abcdef",
        "learned_from": {"years": [2019, *range(2021, 2026)], "startups": 1500, "links": 1600},
        "learned": ["past_active", "past_country", "past_sector", "past_kindred", "past_close", "earlier_words"],
        "held_out": {"years": list(years), "startups": 450, "links": 460},
        "rankings": [{"name": "the new ranker", **row}, {"name": "popularity", **row}],
        "difference": {"ndcg_at_10": list(difference)},
        "better": difference[1] > 0,
        "bands": [
            a_band("strong", 0, 0, None, None),
            a_band("good", 2000, 124, [0.062, 0.05, 0.07], 5.14),
            a_band("possible", 9000, 180, [0.02, 0.017, 0.023], 2.0),
            a_band("weak", 40000, 160, [0.004, 0.003, 0.005], 0.31),
        ],
        "ndcg_at_10_by_confidence": {"lower half": 0.33, "upper half": 0.41},
        **other,
    }


def rows(text, first):
    """The cells of the table whose first column has this heading, without its two heading lines."""
    lines = text[text.index(f"| {first} |") :].split("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def plain(text):
    return " ".join(text.split())


@pytest.fixture(scope="module")
def text():
    return card(RANKER, metrics())


def test_it_is_headed_by_the_name(text):
    assert text.startswith("# Ranker kenya-2\n\n")
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


def test_every_feature_has_its_weight_and_its_centre(text):
    said = {cells[0].strip("`"): cells[1:] for cells in rows(text, "feature")}
    assert said.keys() == FEATURES.keys()
    assert said["past_country"] == [FEATURES["past_country"], "0.6902", "-0.1054"]
    assert said["brief"] == [FEATURES["brief"], "0", ""]
    assert "The base is -0.59" in plain(text)


def test_it_says_what_it_learned_from_and_what_not(text):
    assert "learned from 1,500 startups that went with a partner in the years 2019 to 2025" in plain(text)
    assert "drawn towards those of `v2/0123456789abcdef`" in plain(text)
    for name in SAID_TODAY:
        assert f"`{name}`" in text.split("Not learned")[1].split("##")[0]
    assert "`women_led`, names and contact fields do not enter" in plain(text)


def test_the_bands_have_their_least_score_and_what_they_were_worth(text):
    assert "Strong from 2.18 (8 × the odds of an average pair)" in plain(text)
    assert rows(text, "band") == [
        ["strong", "2.18", "0", "0", ""],
        ["good", "1.15", "2,000", "124 (6.2 %)", "5.1"],
        ["possible", "0", "9,000", "180 (2 %)", "2.0"],
        ["weak", "below", "40,000", "160 (0.4 %)", "0.3"],
    ]


def test_every_ranking_has_its_figures_with_intervals(text):
    figures = ["0.400 (0.350 to 0.450)", "0.600 (0.550 to 0.650)", "0.88"]
    assert rows(text, "ranking") == [["the new ranker", *figures], ["popularity", *figures]]
    assert "the lower half by confidence, read 0.330; the upper half 0.410" in plain(text)


@pytest.mark.parametrize(
    ("difference", "verdict"),
    [
        ((0.031, 0.012, 0.05), "+0.031 (+0.012 to +0.050). It is better beyond chance, and was kept."),
        (
            (0.01, -0.01, 0.03),
            "+0.010 (-0.010 to +0.030). That is not clear of chance, and a training then keeps the present one.",
        ),
        (
            (-0.03, -0.05, -0.01),
            "-0.030 (-0.050 to -0.010). It is worse beyond chance, and a training then keeps the present one.",
        ),
    ],
    ids=["better", "not clear", "worse"],
)
def test_the_verdict_is_what_the_interval_says(difference, verdict):
    assert verdict in plain(card(RANKER, metrics(difference)))


@pytest.mark.parametrize(
    ("years", "said"), [((2025,), "startups of 2025,"), ((2023, 2025), "startups of 2023 to 2025,")]
)
def test_years_are_told_as_one_or_from_to(years, said):
    assert said in plain(card(RANKER, metrics(years=years)))


def test_lines_can_be_read_in_a_diff_however_long_the_names_are():
    long = card(replace(RANKER, version="x" * 40), metrics(present=f"{'y' * 40}/0123456789abcdef"))
    for line in long.splitlines():
        assert len(line) <= 120 or line.startswith("|"), line
    assert [line for line in long.splitlines() if line.startswith("#")] == [
        f"# Ranker {'x' * 40}",
        "## What it does",
        "## Bands",
        "## What it was measured on",
        "## For what, and for what not",
    ]
