"""Evaluations for tests: valid by default, named only in what a test is about."""

from typing import Any

import numpy as np

from matcher.steps.calibration import GroupRow, band_rows
from matcher.steps.evaluate import METRICS
from matcher.steps.evaluation import Comparison, Evaluation, Figures


def some_figures(ranker: str = "v1/new", value: float = 0.4, spread: float = 0.1) -> Figures:
    return Figures(
        ranker=ranker,
        means=dict.fromkeys(METRICS, value),
        intervals=dict.fromkeys(METRICS, (round(value - spread, 9), round(value + spread, 9))),
        coverage=0.25,
    )


def a_comparison(difference: tuple[float, float, float] = (0.02, 0.01, 0.03), ranker: str = "v0/old") -> Comparison:
    return Comparison(figures=some_figures(ranker, 0.3), difference=difference)


def an_evaluation(**said: Any) -> Evaluation:
    default = {
        "as_of": "2026-11-24",
        "startups": 9,
        "links": 12,
        "figures": some_figures(),
        "not_assessed": 0,
        "refused_links": 0,
        "bands": band_rows(np.array([20, 30, 0, 40]), np.array([6, 3, 0, 0])),
        "by_kind": (GroupRow(group="public_body", links=12, found_at_10=0.5, low=0.25, high=0.75),),
        "by_country": (GroupRow(group="KE", links=12, found_at_10=0.5, low=0.25, high=0.75),),
        "by_history": (GroupRow(group="none", links=12, found_at_10=0.5, low=0.25, high=0.75),),
        "known_links": 0,
    }
    return Evaluation(**{**default, **said})
