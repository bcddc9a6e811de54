"""Rankers for tests: the shipped one with other numbers, kept in a workspace as a training would; and plain ones."""

import json

from matcher.steps.measure import FEATURES
from matcher.steps.rank import Ranker, ranker_from_json
from matcher.store import rankers

MADE_AT = "2026-11-24T09:30:00+00:00"


def a_ranker(workspace, version="trained", **weights):
    """(id, text of coefficients.json) of the shipped ranker with these weights instead of its own."""
    said = json.loads(workspace.ranker_files().body)
    said |= {"version": version, "weights": said["weights"] | weights}
    body = json.dumps(said)
    return ranker_from_json(body, version).id, body


def only(centres=None, **weights) -> Ranker:
    """A ranker under which nothing counts but these; a feature is neutral at 0 where `centres` says nothing else."""
    nothing = dict.fromkeys(FEATURES, 0.0)
    return Ranker(
        version="test",
        base=0.0,
        weights=nothing | weights,
        centres=nothing | (centres or {}),
        spread=dict.fromkeys(FEATURES, 1.0),
        bands={"strong": 3.0, "good": 2.0, "possible": 1.0},
    )


def everything() -> Ranker:
    """A ranker under which every feature counts, one point a unit."""
    return only(**dict.fromkeys(FEATURES, 1.0))


def keep(workspace, ranker_id, body, active=True, card="# Trained here\n", metrics='{"ndcg_at_10": 0.5}'):
    with workspace.writing() as connection:
        rankers.keep(connection, ranker_id, body, metrics, card, MADE_AT)
        if active:
            rankers.activate(connection, ranker_id)
    return ranker_id
