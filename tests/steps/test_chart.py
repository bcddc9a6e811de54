"""The chart of an evaluation: sound SVG on its own, told in words too, true to the numbers, easy to see."""

import re
from xml.etree import ElementTree

import numpy as np
import pytest

from matcher.steps.calibration import band_rows
from matcher.steps.chart import evaluation_chart
from tests.evaluations import a_comparison, an_evaluation, some_figures

SVG = "{http://www.w3.org/2000/svg}"
EVALUATIONS = {
    "alone": an_evaluation(),
    "compared": an_evaluation(compared=a_comparison()),
    "perfect": an_evaluation(figures=some_figures(value=1.0, spread=0.0)),
    "hopeless": an_evaluation(figures=some_figures(value=0.0, spread=0.0)),
    "tiny shares": an_evaluation(bands=band_rows(np.array([90_000] * 4), np.array([3, 2, 1, 0]))),
    "no pairs": an_evaluation(bands=band_rows(np.zeros(4, int), np.zeros(4, int))),
    "long names": an_evaluation(figures=some_figures("n" * 300 + "/1"), compared=a_comparison(ranker="n" * 300 + "/2")),
}


def drawn(evaluation):
    return ElementTree.fromstring(evaluation_chart(evaluation))


def texts(page):
    return ["".join(text.itertext()) for text in page.iter(f"{SVG}text")]


@pytest.mark.parametrize("evaluation", EVALUATIONS.values(), ids=EVALUATIONS)
def test_everything_is_drawn_within_the_page(evaluation):
    page = drawn(evaluation)
    width, height = float(page.get("width")), float(page.get("height"))
    for text in page.iter(f"{SVG}text"):
        long = 7.2 * len(text.text) * (1.6 if text.get("class") == "title" else 0.93)
        share = {"start": 1, "middle": 0.5}[text.get("text-anchor")]
        assert float(text.get("x")) + share * long <= width, text.text
        assert 0 < float(text.get("y")) < height
    for line in page.iter(f"{SVG}line"):
        assert all(0 <= float(line.get(end)) <= width for end in ("x1", "x2"))
        assert all(0 <= float(line.get(end)) <= height for end in ("y1", "y2"))


def test_the_page_needs_nothing_else_and_runs_nothing():
    svg = evaluation_chart(EVALUATIONS["compared"])
    assert re.findall(r"https?://[^\"]*", svg) == ["http://www.w3.org/2000/svg"]
    assert not re.search(r"<script|<image|url\(|@import|href", svg)


def test_the_page_has_a_title_and_says_its_numbers_in_words():
    page = drawn(EVALUATIONS["compared"])
    assert page.get("role") == "img"
    named = {page.find(f"{SVG}title").get("id"), page.find(f"{SVG}desc").get("id")}
    assert set(page.get("aria-labelledby").split()) == named
    said = page.find(f"{SVG}desc").text
    assert "nDCG at 10 0.400, 95 % interval 0.300 to 0.500" in said
    assert "strong: 6 of 20 pairs are links, 30.0 %" in said
    assert "v1/new is better than v0/old" in said


def test_a_mark_stands_between_the_ends_of_its_whisker_at_its_value():
    page = drawn(EVALUATIONS["alone"])
    mark = next(page.iter(f"{SVG}circle"))
    y = mark.get("cy")
    whisker = next(line for line in page.iter(f"{SVG}line") if line.get("y1") == line.get("y2") == y)
    low, high = float(whisker.get("x1")), float(whisker.get("x2"))
    assert float(mark.get("cx")) == pytest.approx((low + high) / 2, abs=0.1)  # 0.4 between 0.3 and 0.5
    zero, half = (float(text.get("x")) for text in page.iter(f"{SVG}text") if text.text in ("0", "0.5"))
    assert (low - zero) / (half - zero) == pytest.approx(0.3 / 0.5, abs=0.002)


def test_a_band_without_pairs_says_so_and_has_no_mark():
    assert texts(drawn(EVALUATIONS["no pairs"])).count("no pairs") == 4
    assert len(list(drawn(EVALUATIONS["no pairs"]).iter(f"{SVG}circle"))) == 4  # the figures above alone


def test_what_is_told_by_colour_is_told_by_shape_too():
    page = drawn(EVALUATIONS["compared"])
    assert len(list(page.iter(f"{SVG}path"))) == 5  # the legend and four figures
    assert {"v1/new", "v0/old"} <= set(texts(page))


def test_every_colour_but_the_grid_can_be_told_from_white():
    svg = evaluation_chart(EVALUATIONS["compared"])
    seen = set(re.findall(r"#[0-9a-f]{6}", svg)) - {"#ffffff", "#d8dadb"}
    assert len(seen) == 4
    assert all(1.05 / (_luminance(colour) + 0.05) >= 4.5 for colour in seen)


def _luminance(colour):
    """As WCAG 2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_a_name_is_only_ever_text():
    page = drawn(an_evaluation(figures=some_figures('<b>&"v1')))
    assert any('<b>&"v1' in said for said in texts(page))


def test_rankers_with_long_names_can_be_told_apart():
    shown = texts(drawn(EVALUATIONS["long names"]))
    assert any(said.endswith("n/1") for said in shown)
    assert any(said.endswith("n/2") for said in shown)


def test_equal_evaluations_give_equal_charts():
    assert evaluation_chart(an_evaluation()) == evaluation_chart(an_evaluation())
