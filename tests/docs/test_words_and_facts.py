"""Holds the documents to the code: commands, options, files, links, columns, keys, features and figures."""

import dataclasses
import json
import re
import shlex
import tomllib

import pytest
import typer

from matcher.cli.main import app
from matcher.domain.programme import EntryRules, Programme, Schedule
from matcher.domain.shortlist import Shortfall
from matcher.settings import Settings
from matcher.steps.measure import FEATURES
from matcher.steps.sheets.columns import EXPECTED, REQUIRED, TABLES
from tests.docs.markdown import ALL, ROOT, anchors, blocks, links, name, prose, spans, table

HOW_TO = ROOT / "docs" / "how-to"
CARDS = sorted((ROOT / "models" / "ranker").glob("*/card.md"), key=lambda path: int(path.parent.name[1:]))
CARD = CARDS[-1]
PROGRAM = typer.main.get_command(app)


def commands(group=PROGRAM, path=()):
    """Every command: its words → the command."""
    inner = getattr(group, "commands", None)
    if inner is None:
        return {path: group}
    return {words: found for word, one in inner.items() for words, found in commands(one, (*path, word)).items()}


COMMANDS = commands()
EVERYWHERE = {"--help"} | {option for parameter in PROGRAM.params for option in parameter.opts}


def options(command):
    return EVERYWHERE | {option for parameter in command.params for option in parameter.opts if option.startswith("-")}


def check_typed(line, where):
    """Whether a line that begins with matcher names a command, and only options it has."""
    words = shlex.split(line.split("|")[0].split(">")[0], comments=True)[1:]
    while words and words[0].startswith("--"):
        assert words[0] in EVERYWHERE, f"{where}: matcher has no option {words[0]}"
        words = words[2:] if words[0] == "--workspace" else words[1:]
    if not words or words[0] == "COMMAND":
        return
    depth = 2 if getattr(PROGRAM.commands.get(words[0]), "commands", None) else 1
    if len(words) < depth:
        return  # `matcher runs` names the group
    command = COMMANDS.get(tuple(words[:depth]))
    assert command is not None, f"{where}: there is no command 'matcher {' '.join(words[:depth])}'"
    wrong = [word for word in words if word.startswith("--") and word.split("=")[0] not in options(command)]
    assert not wrong, f"{where}: matcher {' '.join(words[:depth])} has no option {', '.join(wrong)}"


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_the_help_of_every_command_has_an_example_that_can_be_typed(words):
    example = re.search(r"Example: *(matcher .+)", COMMANDS[words].help or "")
    assert example, f"matcher {' '.join(words)} --help has no 'Example:'"
    assert shlex.split(example[1])[1 : 1 + len(words)] == list(words)
    check_typed(example[1], f"matcher {' '.join(words)} --help")


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_option_says_what_it_is_for(words):
    silent = [
        parameter.name
        for parameter in COMMANDS[words].params
        if not getattr(parameter, "hidden", False) and not getattr(parameter, "help", None)
    ]
    assert not silent, f"matcher {' '.join(words)} --help says nothing of {', '.join(silent)}"


@pytest.mark.parametrize("page", ALL, ids=name)
def test_a_page_names_only_commands_and_options_there_are(page):
    for block in blocks(page):
        if block.language in ("sh", "console"):
            for command, _ in block.commands():
                if command.startswith(("matcher ", ".venv/bin/matcher ")):
                    check_typed(command, f"{name(page)}:{block.line}")
    for span in spans(page):
        if re.match(r"(\.venv/bin/)?matcher\b(?!\.)", span):
            check_typed(span, f"{name(page)}: `{span}`")
        elif span.startswith("--"):
            option = span.split()[0]
            assert any(option in options(command) for command in COMMANDS.values()), f"{name(page)}: no option {option}"


@pytest.mark.parametrize("page", ALL, ids=name)
def test_a_page_names_only_settings_and_targets_there_are(page):
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    said = [*spans(page), *(line for block in blocks(page) for line in block.body.splitlines())]
    for span in said:
        for target in re.findall(r"^make ([a-z]+)$", span):
            assert target in targets, f"{name(page)}: there is no target '{target}'"
        for setting in re.findall(r"\bMATCHER_([A-Z_]+)", span):
            assert setting.lower() in Settings.model_fields, f"{name(page)}: there is no setting MATCHER_{setting}"


@pytest.mark.parametrize("page", ALL, ids=name)
def test_every_link_and_every_file_named_is_there(page):
    for link in links(page):
        if not link.startswith("https://"):
            target, _, anchor = link.partition("#")
            path = (page.parent / target).resolve() if target else page
            assert path.exists(), f"{name(page)} links to {link}"
            assert not anchor or anchor in anchors(path), f"{name(page)}: {target} has no heading #{anchor}"
    for span in spans(page):
        if re.fullmatch(r"(src|docs|data|models|tests)/[\w./-]*", span) and not span.startswith("data/local"):
            assert (ROOT / span).exists(), f"{name(page)} names {span}, which is not there"


def test_no_line_of_prose_is_too_long_to_read_in_a_diff():
    for page in ALL:
        for line in prose(page).splitlines():
            assert len(line) <= 120 or line.startswith("|"), f"{name(page)}: {line[:60]}…"


def test_the_changelog_has_the_version():
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert f"## {version}" in (ROOT / "CHANGELOG.md").read_text()


def test_the_columns_are_those_an_import_reads():
    listed = {row[0]: row[1] for row in table(HOW_TO / "import-sheets.md", "sheet")}
    shown = {REQUIRED: "**{}**", EXPECTED: "*{}*"}
    assert listed == {
        file: ", ".join(shown.get(column.need, "{}").format(column.name) for column in sheet.columns)
        for file, sheet in TABLES.items()
    }


def test_the_programme_page_shows_every_key():
    shown = tomllib.loads(next(block.body for block in blocks(HOW_TO / "programmes.md") if block.language == "toml"))
    keys = {field.name for field in dataclasses.fields(Programme)} - {"capacity_default"} | {"capacity"}
    assert shown.keys() == keys
    assert shown["rules"].keys() == {field.name for field in dataclasses.fields(EntryRules)}
    assert shown["schedule"].keys() == {field.name for field in dataclasses.fields(Schedule)}


def test_the_json_shown_has_the_keys_of_a_real_shortlist(samples):
    shown = json.loads(next(block.body for block in blocks(HOW_TO / "make-a-shortlist.md") if block.language == "json"))
    made = samples.run("shortlist", "texchange-2027", "--as-of", "2027-01-15", "--format", "json", "--quiet")
    real = json.loads(made.stdout)
    assert shown["certificate"]["short"][0].keys() == {field.name for field in dataclasses.fields(Shortfall)}
    differences = [line for line in _key_differences(shown, real, "") if not line.startswith("certificate.short")]
    assert not differences, "\n".join(differences)


def _key_differences(shown, real, path):
    """Where two shapes differ; a list stands for the keys of all its items, an empty one for anything."""
    if isinstance(shown, dict) and isinstance(real, dict):
        if shown.keys() != real.keys():
            yield f"{path or 'the result'}: {sorted(shown.keys() ^ real.keys())}"
        for key in shown.keys() & real.keys():
            yield from _key_differences(shown[key], real[key], f"{path}.{key}".lstrip("."))
    elif isinstance(shown, list) and isinstance(real, list):
        for item in real if shown else ():
            yield from _key_differences(shown[0], item, path)


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.parent.name)
def test_a_card_has_every_feature_with_its_weight_and_the_bands(card):
    ranker = json.loads((card.parent / "coefficients.json").read_text())
    said = {row[0].strip("`"): (row[1], float(row[2]), float(row[3] or 0)) for row in table(card, "feature")}
    assert said == {one: (unit, ranker["weights"][one], ranker["centres"][one]) for one, unit in FEATURES.items()}
    for band, least in ranker["bands"].items():
        assert f"{band} from {least:g}" in prose(card).replace("Strong", "strong")


def test_the_page_on_reasons_has_the_bands_of_the_shipped_ranker():
    bands = json.loads((CARD.parent / "coefficients.json").read_text())["bands"]
    assert {row[0]: row[1] for row in table(HOW_TO / "read-a-reason.md", "band")} == {
        band: f"{least:g} points" for band, least in bands.items()
    } | {"weak": "below"}


def test_the_figures_of_the_card_are_those_of_the_metrics():
    metrics = json.loads((CARD.parent / "metrics.json").read_text())
    assert metrics["ranker"].split("/")[0] == CARD.parent.name
    shown = {row[0]: row[1:] for row in table(CARD, "ranking")}
    for row in metrics["rankings"]:
        assert shown[row["name"]][0] == interval(row["ndcg_at_10"])
    *sets, texts = metrics["measured"]
    shown = {row[0]: row[1:] for row in table(CARD, "set")}
    for one in sets:
        assert shown[one["set"]][1] == interval(one["shipped"]["ndcg_at_10"])
        assert not one["kept"] or shown[one["set"]][2] == interval(one["after_train"]["ndcg_at_10"])
    assert interval(texts["weighted_kendall_loss"]) in prose(CARD).replace("\n", " ")


def interval(values):
    mean, low, high = values
    return f"{mean:.3f} ({low:.3f} to {high:.3f})"


def test_there_are_as_many_features_as_the_documents_say():
    assert len(FEATURES) == 18
    for page in (ROOT / "docs" / "why.md", HOW_TO / "read-a-reason.md"):
        assert "eighteen" in prose(page), name(page)
