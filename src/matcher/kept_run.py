"""What a kept run was made from, laid out again: its records, its edition with what was decided, its ranker."""

from __future__ import annotations

import json
from dataclasses import replace

from matcher.domain.override import overrides_from_json
from matcher.domain.programme import Programme, programme_from_json
from matcher.domain.run import Manifest, Run
from matcher.errors import Stale
from matcher.gather import Progress, gather, silent
from matcher.snapshot import kept_snapshot
from matcher.steps.inputs import Inputs
from matcher.steps.rank import Ranker
from matcher.workspace import Workspace


def inputs_of(workspace: Workspace, run: Run, progress: Progress = silent) -> tuple[Inputs, Ranker]:
    """The inputs of a shortlist run and its ranker. Raises Stale where the ranker is gone."""
    manifest = Manifest(**json.loads(run.manifest))
    ranker = workspace.find_ranker(manifest.ranker)
    if ranker is None:
        raise Stale(f"The ranker '{manifest.ranker}' of run {run.id} is gone; make a new run.")
    programme, overrides = programme_from_json(manifest.programme), overrides_from_json(manifest.overrides)
    snapshot = kept_snapshot(workspace, run.inputs_hash)
    return gather(workspace, snapshot, manifest.as_of, programme, progress, overrides=overrides), ranker


def with_programme(inputs: Inputs, programme: Programme) -> Inputs:
    """The same inputs under an edition that asks otherwise how many, but lets in the same and has the same theme."""
    return replace(inputs, programme=programme)
