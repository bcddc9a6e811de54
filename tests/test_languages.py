"""Which languages are matched on their texts is decided by one setting, and vectors of two encoders never mix."""

import subprocess
import sys

import numpy as np
import pytest

from matcher.domain.language import knows
from matcher.engines.sentence_embedder import PACKAGED
from matcher.gather import gather
from matcher.settings import settings_of
from matcher.snapshot import read_snapshot
from matcher.steps.embed import text_hash
from matcher.store import vectors
from matcher.wiring import workspace_of
from tests.builders import a_partner, a_startup
from tests.engines.contracts import EmbedderContract
from tests.small_model import DIMENSION, a_model_folder
from tests.workspaces import TODAY, matched, put

PORTUGUESE = "O nosso sensor avisa o hospital quando a geladeira de vacinas esquenta."
ENGLISH = "Fridges that tell the clinic when its vaccines are too warm."
THESIS = "We back companies that keep medicines cold on the way to rural clinics."


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    return a_model_folder(tmp_path_factory.mktemp("models") / "small-multilingual")


@pytest.fixture
def workspace(tmp_path, monkeypatch):
    """The same folder with another encoder: that is the one setting."""

    def open_with(encoder, folder="workspace"):
        monkeypatch.setenv("MATCHER_ENCODER", str(encoder))
        return workspace_of(settings_of(workspace=tmp_path / folder))

    return open_with


def with_records(workspace):
    startups = [a_startup("s1", summary=PORTUGUESE), a_startup("s2", summary=ENGLISH)]
    return put(workspace, startups=startups, partners=[a_partner("p1", thesis=THESIS)])


def kept(workspace, encoder_id):
    with workspace.reading() as connection:
        return vectors.known(connection, encoder_id)


class TestSmallModel(EmbedderContract):
    @pytest.fixture
    def embedder(self, model, workspace):
        return workspace(model).embedder

    # Its weights are random: it is held to everything but knowing meanings.
    test_like_texts_are_nearer_than_unlike_ones = None


def test_the_shipped_encoder_does_not_know_portuguese(workspace):
    shipped = workspace(PACKAGED)
    assert shipped.language_of(PORTUGUESE) == "pt"
    assert not knows(shipped.embedder.languages, shipped.language_of(PORTUGUESE))
    assert knows(shipped.embedder.languages, shipped.language_of(ENGLISH))


def test_a_multilingual_encoder_is_configured_by_one_setting_and_gives_portuguese_a_vector(workspace, model):
    multilingual = with_records(workspace(model))
    assert knows(multilingual.embedder.languages, multilingual.language_of(PORTUGUESE))
    inputs = gather(multilingual, read_snapshot(multilingual), TODAY)
    assert inputs.startup_rows.shape == (2, DIMENSION)
    assert np.linalg.norm(inputs.startup_rows, axis=1) == pytest.approx([1, 1], abs=0.01)
    assert text_hash(PORTUGUESE) in kept(multilingual, multilingual.embedder.id)


def test_vectors_of_two_encoders_stand_side_by_side_and_a_match_reads_only_its_own(workspace, model):
    first = with_records(workspace("hashing"))
    _, by_first = matched(first)
    of_first = kept(first, first.embedder.id)

    second = workspace(model)
    _, by_second = matched(second)
    assert second.embedder.id != first.embedder.id
    assert kept(second, first.embedder.id) == of_first
    assert {text_hash(text) for text in (PORTUGUESE, ENGLISH, THESIS)} <= kept(second, second.embedder.id)

    _, in_a_fresh_one = matched(with_records(workspace(model, "fresh")))
    assert np.array_equal(by_second.features.values, in_a_fresh_one.features.values)
    assert not np.array_equal(by_second.features.values, by_first.features.values)

    _, again = matched(workspace("hashing"))
    assert np.array_equal(again.features.values, by_first.features.values)


def test_two_models_of_one_name_and_dimension_have_vectors_of_their_own(workspace, model, tmp_path):
    other = a_model_folder(tmp_path / "other" / model.name, seed=1)
    ids = set()
    for folder in (model, other):
        one = with_records(workspace(folder))
        matched(one)
        ids.add(one.embedder.id)
        assert text_hash(PORTUGUESE) in kept(one, one.embedder.id)
    assert len(ids) == 2


def test_the_doctor_says_which_languages_the_encoder_knows(workspace, model, tmp_path):
    assert workspace(PACKAGED).check_encoder().endswith("; it knows English")
    assert workspace(model).check_encoder().endswith("; it knows every language, or does not say which")
    two = tmp_path / "two"
    two.mkdir()
    for path in model.rglob("*.json"):
        (two / path.relative_to(model)).parent.mkdir(exist_ok=True)
        (two / path.relative_to(model)).write_bytes(path.read_bytes())
    (two / "README.md").write_text("---\nlanguage: [pt, id]\n---\n")
    assert workspace(two).check_encoder().endswith("; it knows Indonesian, Portuguese")


def test_nothing_is_loaded_to_tell_languages_before_a_text_is_asked_about(tmp_path):
    said = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from pathlib import Path; from matcher.settings import Settings\n"
            "from matcher.wiring import workspace_of\n"
            f"workspace = workspace_of(Settings(workspace=Path({str(tmp_path)!r})))\n"
            "print('py3langid' in sys.modules)\n"
            f"print(workspace.language_of({PORTUGUESE!r}), 'py3langid' in sys.modules)",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.split() == ["False", "pt", "True"]
