"""Languages are told apart in summaries of one to three lines, and no answer is given where there is no saying."""

import subprocess
import sys

import pytest

from matcher.domain.language import LANGUAGE_NAMES
from matcher.engines.language_detector import LanguageDetector
from tests.engines.language_texts import IN_ENGLISH, IN_NO_LANGUAGE, IN_OTHER_LANGUAGES, WITH_ENGLISH_WORDS

FOREIGN = [(code, text) for code, texts in IN_OTHER_LANGUAGES.items() for text in texts]
PORTUGUESE = IN_OTHER_LANGUAGES["pt"][0]
SLOGAN = "Nossa missão é cuidar de você e de toda a sua família."


@pytest.fixture(scope="module")
def detector():
    return LanguageDetector()


@pytest.mark.parametrize(("code", "text"), FOREIGN)
def test_a_summary_is_told_by_its_language(detector, code, text):
    assert detector.detect(text) == code


@pytest.mark.parametrize("text", WITH_ENGLISH_WORDS)
def test_english_names_and_technical_words_make_no_text_english(detector, text):
    assert detector.detect(text) not in ("en", None)


@pytest.mark.parametrize("text", IN_ENGLISH)
def test_english_is_english_however_foreign_its_names(detector, text):
    assert detector.detect(text) == "en"


@pytest.mark.parametrize("text", IN_NO_LANGUAGE)
def test_short_texts_names_code_and_links_are_in_no_language(detector, text):
    assert detector.detect(text) is None


def test_an_english_text_with_a_foreign_slogan_is_english(detector):
    english = "We build the software that clinics in small towns use to book visits and to follow up patients."
    assert detector.detect(SLOGAN) == "pt"
    for text in (f"{SLOGAN} {english}", f"{english} {SLOGAN}"):
        assert detector.detect(text) == "en"


def test_a_foreign_text_with_an_english_slogan_is_foreign(detector):
    assert detector.detect(f"The bank for the rest of us. {' '.join(IN_OTHER_LANGUAGES['pt'])}") == "pt"


def test_capitals_make_no_difference(detector):
    assert detector.detect(PORTUGUESE.upper()) == "pt"
    assert detector.detect(PORTUGUESE.title()) == "pt"


def test_numbers_and_links_are_passed_over(detector):
    text = f"{PORTUGUESE} 2.400 produtores, 31% a mais: https://www.example.org/the-story-of-our-company-and-team"
    assert detector.detect(text) == "pt"


def test_what_a_text_begins_with_decides_however_long_it_is(detector):
    assert detector.detect(" ".join(IN_OTHER_LANGUAGES["pt"]) * 500) == "pt"
    assert detector.detect("a" * 1_000_000) is None


def test_odd_characters_are_no_fault(detector):
    for text in ("\ud800 " * 20, "\x00" * 50, "é" * 5000, "़" * 300, PORTUGUESE + "\ud800\ufffe"):
        assert detector.detect(text) in {None, *LANGUAGE_NAMES}


def test_the_answer_does_not_depend_on_what_was_asked_before():
    texts = [text for _, text in FOREIGN] + [*IN_ENGLISH, *IN_NO_LANGUAGE]
    forward = [LanguageDetector().detect(text) for text in texts[::6]]
    one = LanguageDetector()
    assert [one.detect(text) for text in texts[::-1]][::-1][::6] == forward


def test_plain_english_needs_no_model():
    said = subprocess.run(
        [
            sys.executable,
            "-c",
            "import numpy; numpy.load = None\n"
            "from matcher.engines.language_detector import LanguageDetector\n"
            "print(LanguageDetector().detect('We help the farmers of Kenya to sell what they grow to the city.'))",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() == "en"
