"""Index files: what was kept is found again, and nothing damaged, swapped, half-written or foreign is ever believed."""

import json
import os
import random
import resource
import time
from dataclasses import replace
from multiprocessing import get_context

import pytest

from matcher.engines.faiss_index import FaissIndex
from matcher.engines.index_files import KEPT, IndexKey, read_index_file, remove_index_files, write_index_file
from tests.engines.contracts import assert_same, random_rows

COUNT, DIMENSION = 60, 16


def a_key(number=0):
    return IndexKey(fingerprint=f"{number:064x}", encoder="hashing-256", count=COUNT, dimension=DIMENSION)


def some_rows(number=0):
    return random_rows(COUNT, DIMENSION, seed=number)


def keep(folder, number=0):
    assert write_index_file(folder, a_key(number), FaissIndex(some_rows(number)).save) is None


def read(folder, number=0):
    return read_index_file(folder, a_key(number), FaissIndex.load)


def manifest_of(folder, number=0):
    return folder / f"{number:064x}.json"


def file_of(folder, number=0):
    (path,) = folder.glob(f"{number:064x}-*.index")
    return path


def is_right(index, number=0):
    if index is None:
        return False
    queries = some_rows(99)
    built = FaissIndex(some_rows(number))
    assert_same((index.rows, *index.nearest(queries, 5, 0, COUNT)), (built.rows, *built.nearest(queries, 5, 0, COUNT)))
    return True


def test_a_kept_index_answers_as_the_one_that_was_built(tmp_path):
    keep(tmp_path / "index")
    assert is_right(read(tmp_path / "index"))


def test_an_empty_index_is_kept_too(tmp_path):
    key = replace(a_key(), count=0)
    assert write_index_file(tmp_path, key, FaissIndex(some_rows()[:0]).save) is None
    assert read_index_file(tmp_path, key, FaissIndex.load).rows.shape == (0, DIMENSION)


def test_where_nothing_was_kept_nothing_is_found(tmp_path):
    assert read(tmp_path) is None
    assert read(tmp_path / "not there") is None


@pytest.mark.parametrize(
    "other",
    [{"encoder": "another"}, {"count": COUNT + 1}, {"dimension": 8}, {"metric": "L2"}, {"fingerprint": "f" * 64}],
)
def test_an_index_of_other_vectors_is_not_taken(tmp_path, other):
    keep(tmp_path)
    assert read_index_file(tmp_path, replace(a_key(), **other), FaissIndex.load) is None


@pytest.mark.parametrize("fingerprint", ["", "../../etc/passwd", "A" * 64, "0" * 15, "0" * 65])
def test_a_fingerprint_cannot_name_a_place_outside_the_folder(fingerprint):
    with pytest.raises(ValueError, match="hex"):
        replace(a_key(), fingerprint=fingerprint)


def cut_short(content, chance):
    return content[: chance.randrange(len(content))]


def one_byte_changed(content, chance):
    place = chance.randrange(len(content))
    return content[:place] + bytes([content[place] ^ chance.randrange(1, 256)]) + content[place + 1 :]


def bytes_added(content, chance):
    return content + chance.randbytes(chance.randrange(1, 100))


def block_of_zeros(content, chance):
    place = chance.randrange(len(content))
    return content[:place] + bytes(min(512, len(content) - place)) + content[place + 512 :]


def emptied(content, chance):
    return b""


def other_bytes(content, chance):
    return chance.randbytes(len(content))


@pytest.mark.parametrize("damage", [cut_short, one_byte_changed, bytes_added, block_of_zeros, emptied, other_bytes])
@pytest.mark.parametrize("which", [file_of, manifest_of])
def test_damage_never_gives_a_wrong_neighbour(tmp_path, damage, which):
    keep(tmp_path)
    path = which(tmp_path)
    sound = path.read_bytes()
    for seed in range(40):
        damaged = damage(sound, random.Random(seed))
        path.write_bytes(damaged)
        answered = is_right(read(tmp_path))
        assert not answered or which is manifest_of or damaged == sound, f"seed {seed}"
    keep(tmp_path)
    assert is_right(read(tmp_path)), "it was not built again"


def test_damaged_files_never_reach_faiss(tmp_path):
    keep(tmp_path)
    file_of(tmp_path).write_bytes(one_byte_changed(file_of(tmp_path).read_bytes(), random.Random(1)))
    assert read_index_file(tmp_path, a_key(), lambda read: pytest.fail("it was loaded")) is None


def test_swapped_files_are_not_taken(tmp_path):
    keep(tmp_path, 0)
    keep(tmp_path, 1)
    other_manifest, other_file = manifest_of(tmp_path, 1).read_bytes(), file_of(tmp_path, 1).read_bytes()
    file_of(tmp_path, 0).write_bytes(other_file)
    assert read(tmp_path, 0) is None
    manifest_of(tmp_path, 0).write_bytes(other_manifest)
    assert read(tmp_path, 0) is None
    file_of(tmp_path, 0).rename(tmp_path / file_of(tmp_path, 1).name.replace(f"{1:064x}", f"{0:064x}"))
    assert read(tmp_path, 0) is None
    assert is_right(read(tmp_path, 1), 1)


@pytest.mark.parametrize(
    "edit",
    [
        {"format": 2},
        {"encoder": "another"},
        {"count": 61},
        {"dimension": 17},
        {"metric": "L2"},
        {"fingerprint": "0" * 63 + "1"},
        {"bytes": 1},
        {"bytes": True},
        {"bytes": "many"},
        {"sha256": "0" * 64},
        {"sha256": "../" * 21 + "a"},
        {"sha256": None},
        {"added": 1},
    ],
)
def test_an_edited_manifest_is_not_believed(tmp_path, edit):
    keep(tmp_path)
    manifest = json.loads(manifest_of(tmp_path).read_text())
    manifest_of(tmp_path).write_text(json.dumps(manifest | edit))
    assert read(tmp_path) is None


@pytest.mark.parametrize("text", ["[]", "1", "{}", "[" * 9000, "{" * 9000, '{"bytes": 1', "\ud800", "{}" * 10**6])
def test_a_manifest_that_is_none_is_not_believed(tmp_path, text):
    keep(tmp_path)
    manifest_of(tmp_path).write_bytes(text.encode(errors="surrogatepass"))
    assert read(tmp_path) is None


@pytest.mark.parametrize("which", [file_of, manifest_of])
def test_a_missing_half_means_building_again(tmp_path, which):
    keep(tmp_path)
    which(tmp_path).unlink()
    assert read(tmp_path) is None


def test_a_full_disk_costs_the_file_and_not_the_index(tmp_path):
    keep(tmp_path)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        said = write_index_file(tmp_path, a_key(1), FaissIndex(some_rows(1)).save)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert "was not kept" in said
    assert len(list(tmp_path.iterdir())) == 2
    assert is_right(read(tmp_path))
    keep(tmp_path, 1)
    assert is_right(read(tmp_path, 1), 1)


def test_a_folder_that_cannot_be_written_costs_the_file_and_not_the_index(tmp_path):
    (tmp_path / "index").write_text("not a folder")
    said = write_index_file(tmp_path / "index", a_key(), FaissIndex(some_rows()).save)
    assert said.startswith(f"The index was not kept in {tmp_path / 'index'}")
    assert said.endswith("built again from the database.")


def test_a_file_that_reads_back_differently_is_not_kept(tmp_path):
    def save(write):
        write(b"as it should be")
        (temporary,) = tmp_path.glob("*.tmp")
        with temporary.open("ab") as meddler:
            meddler.write(b"something else and more")

    assert "differs" in write_index_file(tmp_path, a_key(), save)
    assert list(tmp_path.iterdir()) == []


def test_others_may_not_read_the_files(tmp_path):
    before = os.umask(0)
    try:
        keep(tmp_path)
    finally:
        os.umask(before)
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}


def test_only_the_indexes_used_last_are_kept(tmp_path):
    for number in range(KEPT):
        keep(tmp_path, number)
        os.utime(manifest_of(tmp_path, number), (number, number))
    assert is_right(read(tmp_path, 0), 0)  # used again, so 1 is now the one used longest ago
    keep(tmp_path, KEPT)
    found = [number for number in range(KEPT + 1) if is_right(read(tmp_path, number), number)]
    assert found == [0, *range(2, KEPT + 1)]
    assert len(list(tmp_path.iterdir())) == 2 * KEPT


def test_what_killed_writers_left_is_removed_and_nothing_else(tmp_path):
    old, young = [tmp_path / f"{number:032x}.tmp" for number in range(3)], [tmp_path / f"{9:064x}-{9:016x}.index"]
    others = [tmp_path / name for name in ("notes.json", "holiday.tmp", "0.index")]
    for path in (*old, *young, *others):
        path.write_bytes(b"half")
    for path in (*old, *others):
        os.utime(path, (0, 0))
    keep(tmp_path)
    assert not any(path.exists() for path in old)
    assert all(path.exists() for path in (*young, *others))


def test_any_number_of_kills_leaves_a_handful_of_files(tmp_path):
    for number in range(50):
        (tmp_path / f"{number:032x}.tmp").write_bytes(b"half")
    keep(tmp_path)
    assert len(list(tmp_path.iterdir())) <= 2 + 4


def test_an_erasure_leaves_no_index_file(tmp_path):
    keep(tmp_path, 0)
    keep(tmp_path, 1)
    (tmp_path / f"{5:032x}.tmp").write_bytes(b"half")
    (tmp_path / "notes.txt").write_text("mine")
    remove_index_files(tmp_path)
    remove_index_files(tmp_path / "not there")
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def write_for_ever(folder):
    while True:
        write_index_file(folder, a_key(), FaissIndex(some_rows()).save)


def test_a_writer_killed_at_any_moment_leaves_a_whole_index_or_none(tmp_path):
    chance = random.Random(7)
    for _ in range(20):
        writer = get_context("fork").Process(target=write_for_ever, args=(tmp_path,))
        writer.start()
        time.sleep(chance.uniform(0, 0.03))
        writer.kill()
        writer.join()
        index = read(tmp_path)
        assert index is None or is_right(index)
    keep(tmp_path)
    assert is_right(read(tmp_path))
    assert len(list(tmp_path.iterdir())) <= 2 + 4


def write_many(folder, number):
    for _ in range(30):
        write_index_file(folder, a_key(number % 2), FaissIndex(some_rows(number % 2)).save)


def test_writers_at_once_do_not_hurt_each_other(tmp_path):
    writers = [get_context("fork").Process(target=write_many, args=(tmp_path, number)) for number in range(4)]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        for number in (0, 1):
            index = read(tmp_path, number)
            assert index is None or is_right(index, number)
    assert [writer.exitcode for writer in writers] == [0] * 4
    assert is_right(read(tmp_path, 0), 0)
    assert is_right(read(tmp_path, 1), 1)
