"""Real texts in English are not taken for foreign ones."""

import csv

import pytest

from matcher.engines.language_detector import LanguageDetector

pytestmark = pytest.mark.long

FOLDERS = ("techstars", "crunchbase_uk_partners_all", "crunchbase_global", "reviewer_gold")


@pytest.mark.parametrize("name", FOLDERS)
def test_at_most_one_text_in_two_hundred_is_called_foreign(shared_data, name):
    detector, called = LanguageDetector(), []
    for file, column in (("startups", "summary"), ("partners", "thesis")):
        with (shared_data / name / f"{file}.csv").open(encoding="utf-8", newline="") as rows:
            called += [detector.detect(row[column]) for row in csv.DictReader(rows)]
    foreign = [code for code in called if code not in ("en", None)]
    assert len(foreign) <= 0.005 * len(called), foreign
