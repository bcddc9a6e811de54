"""Languages have a name, and are recognised however they are written."""

import pytest

from matcher.domain.language import LANGUAGE_NAMES, knows, language_code, language_name


@pytest.mark.parametrize(("code", "name"), [("pt", "Portuguese"), ("id", "Indonesian"), ("sw", "Swahili")])
def test_a_language_has_its_english_name(code, name):
    assert language_name(code) == name


def test_a_language_nobody_here_knows_is_called_by_its_code():
    assert language_name("tlh") == "tlh"


def test_no_two_languages_have_one_name():
    assert len(set(LANGUAGE_NAMES.values())) == len(LANGUAGE_NAMES)


def test_names_and_codes_are_those_of_the_standard():
    import pycountry

    for code, name in LANGUAGE_NAMES.items():
        standard = pycountry.languages.get(alpha_2=code).name
        # The standard says Ganda, Oriya, Panjabi and Southern Sotho, which few who speak them do.
        assert name in standard or code in {"lg", "or", "pa", "st"}, (code, name, standard)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("pt", "pt"),
        ("pt-BR", "pt"),
        ("PT_br", "pt"),
        (" Portuguese ", "pt"),
        ("nb", "no"),
        ("iw", "he"),
        ("zh-Hant-TW", "zh"),
        ("multilingual", None),
        ("code", None),
        ("", None),
        ("portuñol", None),
    ],
)
def test_a_language_is_recognised_however_it_is_written(said, code):
    assert language_code(said) == code


def test_an_encoder_of_every_language_knows_any():
    assert knows(None, "pt")


def test_an_encoder_knows_the_languages_it_names_and_no_other():
    assert knows(frozenset({"en", "pt"}), "pt")
    assert not knows(frozenset({"en"}), "pt")


def test_a_text_whose_language_is_unknown_counts_as_known():
    assert knows(frozenset({"en"}), None)
