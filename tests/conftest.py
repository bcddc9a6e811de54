"""What several tests share: the real data, the command line in a subprocess, a workspace with the samples."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SHARED_DATA = ROOT.parent / "shared" / "data"
SAMPLE_KINDS = ("startups", "partners", "portfolio", "briefs", "history")


@pytest.fixture(scope="session")
def shared_data():
    """The real records, which are measured with and never shipped."""
    if not SHARED_DATA.is_dir():
        if os.environ.get("CI"):
            pytest.fail("../shared/data is missing, and in CI it must be there")
        pytest.skip("../shared/data is not here: nothing is measured on real records")
    return SHARED_DATA


class Cli:
    """The command line in a process of its own, with one workspace."""

    def __init__(self, folder, encoder="hashing"):
        self.folder = Path(folder)
        self.environment = {**os.environ, "HF_HUB_OFFLINE": "1", "NO_COLOR": "1", "MATCHER_WORKSPACE": str(folder)}
        self.environment.pop("MATCHER_ENCODER", None)
        if encoder:
            self.environment["MATCHER_ENCODER"] = encoder

    def run(self, *arguments, expect=0, **options):
        done = subprocess.run(
            [sys.executable, "-m", "matcher", *map(str, arguments)],
            env=self.environment,
            capture_output=True,
            text=True,
            cwd=ROOT,
            check=False,
            **options,
        )
        assert done.returncode == expect, (
            f"{arguments}\nexit {done.returncode}\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}"
        )
        return done

    def start(self, *arguments):
        return subprocess.Popen(
            [sys.executable, "-m", "matcher", *map(str, arguments)],
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
        )

    def import_samples(self):
        for kind in SAMPLE_KINDS:
            self.run("import", kind, f"data/samples/{kind}.csv", "--quiet")
        return self


@pytest.fixture
def cli(tmp_path):
    return Cli(tmp_path / "workspace")


@pytest.fixture(scope="session")
def samples(tmp_path_factory):
    """A workspace with the samples and the hashing embedder; tests only read it."""
    return Cli(tmp_path_factory.mktemp("samples")).import_samples()


@pytest.fixture(scope="session")
def real_samples(tmp_path_factory):
    """The same with the encoder that ships, which takes its time."""
    return Cli(tmp_path_factory.mktemp("real-samples"), encoder=None).import_samples()
