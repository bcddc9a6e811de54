"""What each feature adds on real records with known answers, and what else was tried: the tables of docs/ablation.md.

usage: python -m tests.real.ablation [FOLDER] [--only WORDS]

FOLDER: encoded workspaces by name; made anew where missing. --only: the variants whose name or part holds these words.
Every variant learns its weights as the product does: from the history of techstars, beginning with ranker v1; from
there on each set's own. It is held against the features as shipped, learned in the same way.
"""

import argparse
import csv
import sys
import tempfile
import warnings
from dataclasses import replace
from pathlib import Path

import numpy as np

from matcher.gather import gather
from matcher.match import match_in_blocks
from matcher.settings import settings_of, shipped
from matcher.snapshot import read_snapshot
from matcher.steps.evaluate import METRICS, coverage, mean_interval, paired_interval, score_rows
from matcher.steps.folds import Fold, dated, dated_portfolio, folds, split, without_thesis
from matcher.steps.learn import Examples, measured, scores
from matcher.steps.measure import FEATURES
from matcher.steps.rank import ranker_from_json
from matcher.steps.training import learned
from matcher.wiring import workspace_of
from tests.conftest import SHARED_DATA, Cli
from tests.real.ablation_columns import Side, as_shipped
from tests.real.ablation_variants import SPARE, VARIANTS, Variant

AS_OF = "2026-11-25"
SETS = ("techstars", "crunchbase_uk_partners", "crunchbase_uk_partners_all", "crunchbase_global")
TEXTS = "reviewer_gold"
# So many startups of a year, drawn with a seed, where the product takes 800: the differences need no more.
MOST_STARTUPS = 400
DRAWS = 2000
NDCG = METRICS.index("ndcg_at_10")
FULL = Variant(part="", name="as shipped")
AT = {name: place for place, name in enumerate(FEATURES)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--only", default="")
    given = parser.parse_args()
    if not SHARED_DATA.is_dir():
        sys.exit(f"{SHARED_DATA} is not there: nothing is measured, and docs/ablation.md stays as it is.")
    warnings.simplefilter("ignore", RuntimeWarning)
    asked = given.only.lower()
    variants = [FULL, *(one for one in VARIANTS if asked in f"{one.part} {one.name}".lower())]
    rankers, found = {}, {}
    with tempfile.TemporaryDirectory() as temporary:
        for name in (*SETS, TEXTS):
            workspace = a_workspace(name, given.folder, Path(temporary))
            blocks = links_blocks(workspace, name) if name != TEXTS else [texts_block(workspace)]
            if name == SETS[0]:
                check(blocks)
            for place, variant in enumerate(variants):
                measure = on_texts if name == TEXTS else on_links
                found[place, name] = measure(name, blocks, variant, rankers)
                print(f"{name}: {variant.part} {variant.name}", file=sys.stderr, flush=True)
    for title, table in (("Later labels", later_table), ("Held-out years", held_out_table)):
        print(f"\n### {title}\n")
        table(variants, found)


class Block:
    """Startups with every partner: the features as shipped, and what other ones are computed from.

    held_out: whether of the latest years; None for the labels, which are later than all history.
    """

    def __init__(self, workspace, inputs, fold, held_out):
        at = {one.id: place for place, one in enumerate(inputs.startups)}
        places = np.array([at[one] for one in fold.startups], np.int32)
        column = {one.id: place for place, one in enumerate(inputs.partners)}
        links = np.zeros((len(places), len(column)), bool)
        for row, partners in enumerate(fold.partners):
            links[row, [column[one] for one in partners]] = True
        everybody = np.arange(len(column), dtype=np.int32)
        ranker = workspace.shipped_ranker
        self.examples = measured(match_in_blocks(inputs, ranker, places, everybody, workspace.pairs_at_once), links)
        self.side, self.held_out = Side(inputs, places), held_out
        told = np.where(self.examples.known, self.examples.values, np.nan)
        self.side.shipped = {name: told[:, :, place] for name, place in AT.items()}

    def examples_of(self, variant):
        if not variant.off and not variant.columns:  # the same features, perhaps with other weights
            return self.examples
        values, known = self.examples.values.copy(), self.examples.known.copy()
        for name, function in (variant.columns or {}).items():
            column = np.asarray(function(self.side), np.float64)
            known[:, :, AT[name]] = ~np.isnan(column)
            values[:, :, AT[name]] = np.nan_to_num(column)
        for name in variant.off:
            known[:, :, AT[name]] = False
            values[:, :, AT[name]] = 0
        return Examples(values=values, known=known, open=self.examples.open, links=self.examples.links)


def check(blocks):
    """That the features computed here are those of the product."""
    block = blocks[-1]
    for name, column in as_shipped(block.side).items():
        known = block.examples.known[:, :, AT[name]]
        apart = np.abs(np.nan_to_num(column) - block.examples.values[:, :, AT[name]])[known]
        if apart.size and apart.max() > 1e-3:
            sys.exit(f"{name} is computed otherwise in tests/real/ablation_variants.py than in the product.")


def a_workspace(name, given, temporary):
    folder = temporary / name
    if given and (given / name).is_dir():
        return workspace_of(settings_of(workspace=given / name))
    cli = Cli(folder, encoder=None)
    for sheet in ("startups", "partners", "portfolio", "history"):
        if (SHARED_DATA / name / f"{sheet}.csv").exists():
            cli.run("import", sheet, SHARED_DATA / name / f"{sheet}.csv", "--quiet")
    return workspace_of(settings_of(workspace=folder))


def labels_of(name):
    with (SHARED_DATA / name / "labels_dev.csv").open(newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def labelled(name):
    wanted = {}
    for row in labels_of(name):
        wanted.setdefault(row["startup_id"], set()).add(row["partner_id"])
    ids = tuple(sorted(wanted))
    return Fold(year=0, as_of=AS_OF, startups=ids, partners=tuple(tuple(sorted(wanted[one])) for one in ids))


def links_blocks(workspace, name):
    """The years of history as training sees them, without what is said today; and last the labels, with everything."""
    snapshot = read_snapshot(workspace)
    ids = [{one.id for one in records} for records in (snapshot.startups, snapshot.partners)]
    cut = folds(snapshot.history, *ids, AS_OF)
    past = replace(
        snapshot,
        partners=without_thesis(snapshot.partners),
        briefs=(),
        portfolio=dated_portfolio(snapshot.portfolio),
        history=dated(snapshot.history),
    )
    later = split(cut)[1]
    years = [Block(workspace, gather(workspace, past, fold.as_of), fewer(fold), fold in later) for fold in cut]
    return [*years, Block(workspace, gather(workspace, snapshot, AS_OF), labelled(name), None)]


def texts_block(workspace):
    block = Block(workspace, gather(workspace, read_snapshot(workspace), AS_OF), labelled(TEXTS), None)
    inputs = block.side.inputs
    row = {one.id: place for place, one in enumerate(block.side.startups)}
    column = {one.id: place for place, one in enumerate(inputs.partners)}
    block.grades = np.full(block.examples.links.shape, np.nan)
    for one in labels_of(TEXTS):
        block.grades[row[one["startup_id"]], column[one["partner_id"]]] = float(one["expertise"])
    return block


def fewer(fold):
    count = len(fold.startups)
    drawn = np.random.default_rng(fold.year).permutation(count)[:MOST_STARTUPS]
    kept = sorted(drawn)
    return replace(
        fold,
        startups=tuple(fold.startups[at] for at in kept),
        partners=tuple(fold.partners[at] for at in kept),
    )


def beginning(variant, examples):
    """Ranker v1, with the weights of the variant's own features.

    A feature that is computed in another way begins with the influence, weight × spread, of the one it replaces.
    """
    ranker = ranker_from_json((shipped("models/ranker") / "v1" / "coefficients.json").read_text(), "v1")
    weights = {name: 0.0 if name in (*variant.off, *SPARE) else value for name, value in ranker.weights.items()}
    for name in variant.columns or {}:
        own, theirs = (spread_of(of, name) for of in (examples[0], examples[1]))
        weights[name] = weights[name] * (own / theirs if own and theirs else 1)
    return replace(ranker, weights=weights | (variant.weights or {}))


def spread_of(examples, name):
    told = [one.values[:, :, AT[name]][one.known[:, :, AT[name]] & one.open] for one in examples]
    return float(np.concatenate(told).std())


def on_links(name, blocks, variant, rankers):
    """(nDCG@10 of the labels, of the held-out years, coverage of the labels)."""
    examples = [block.examples_of(variant) for block in blocks]
    history, label = examples[:-1], examples[-1]
    earlier = [one for one, block in zip(history, blocks[:-1], strict=True) if not block.held_out]
    later = [one for one, block in zip(history, blocks[:-1], strict=True) if block.held_out]
    if name == SETS[0]:
        present = beginning(variant, ([block.examples for block in blocks[:-1]], history))
        rankers[variant.part, variant.name] = learned(history, present, "shipped")
        own, blind = rankers[variant.part, variant.name], learned(earlier, present, "blind")
        own = learned(history, own, "own")
    else:
        own, blind = (learned(part, rankers[variant.part, variant.name], "own") for part in (history, earlier))
    told = scores(label, own)
    found = np.concatenate([score_rows(scores(one, blind), one.links)[:, NDCG] for one in later])
    return score_rows(told, label.links)[:, NDCG], found, coverage(told)


def on_texts(_name, blocks, variant, rankers):
    """(wrong, all) (partners, 2): the parts of the weighted Kendall loss of Stelmakh 2023, arXiv 2303.16750."""
    told, grades, rows = (
        scores(blocks[0].examples_of(variant), rankers[variant.part, variant.name]),
        blocks[0].grades,
        [],
    )
    for partner in np.flatnonzero((~np.isnan(grades)).any(axis=0)):
        known = np.flatnonzero(~np.isnan(grades[:, partner]))
        one, other = np.triu_indices(len(known), 1)
        truth = grades[known[one], partner] - grades[known[other], partner]
        score = np.nan_to_num(told[known[one], partner] - told[known[other], partner])
        wrong = np.where(score == 0, 0.5, score * truth < 0)
        rows.append([(wrong * np.abs(truth)).sum(), np.abs(truth).sum()])
    return np.array(rows)


def loss(parts, draws):
    drawn = parts[draws]
    return drawn[..., 0].sum(axis=-1) / drawn[..., 1].sum(axis=-1)


def texts_told(parts, base):
    draws = np.random.default_rng(0).integers(0, len(parts), (DRAWS, len(parts)))
    everybody = np.arange(len(parts))
    if parts is base:
        return absolute((loss(parts, everybody), *np.percentile(loss(parts, draws), [2.5, 97.5])))
    apart = loss(parts, draws) - loss(base, draws)
    return signed((loss(parts, everybody) - loss(base, everybody), *np.percentile(apart, [2.5, 97.5])))


def links_told(values, base):
    return absolute(mean_interval(values, DRAWS)) if values is base else signed(paired_interval(values, base, DRAWS))


def absolute(three):
    return "{:.3f} ({:.3f} to {:.3f})".format(*three)


def signed(three):
    mean, low, high = three
    mark = "**" if low > 0 or high < 0 else ""
    return f"{mark}{mean:+.3f}{mark} ({low:+.3f} to {high:+.3f})".replace("-", "−")


def later_table(variants, found):
    print(f"| | {' | '.join(SETS)} | {TEXTS}, loss |\n|{'---|' * (len(SETS) + 2)}")
    part = ""
    for place, variant in enumerate(variants):
        if variant.part != part:
            part = variant.part
            print(f"| **{part}** |{' |' * (len(SETS) + 1)}")
        cells = [links_told(found[place, name][0], found[0, name][0]) for name in SETS]
        cells.append(texts_told(found[place, TEXTS], found[0, TEXTS]))
        print(f"| {variant.name} | {' | '.join(cells)} |")


def held_out_table(variants, found):
    names = [name for name in SETS if not name.endswith("_all")]  # the same history as without
    print(f"| | {' | '.join(names)} | coverage@10 on the labels of {', '.join(SETS)} |\n|{'---|' * (len(names) + 2)}")
    for place, variant in enumerate(variants):
        cells = [links_told(found[place, name][1], found[0, name][1]) for name in names]
        covered = " / ".join(f"{found[place, name][2]:.2f}" for name in SETS)
        where = f"{variant.part}: " if variant.part else ""
        print(f"| {where}{variant.name} | {' | '.join(cells)} | {covered} |")


if __name__ == "__main__":
    main()
