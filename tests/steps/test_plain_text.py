"""A text is read as its reader sees it, and every honest way of writing is left as it is."""

import unicodedata

import pytest

from matcher.steps.plain_text import plain

ZERO_WIDTH = (
    "\u200b",
    "\u2060",
    "\ufeff",
    "\u200c",
    "\u200d",
    "\u2063",
    "\u034f",
    "\u3164",
    "\ufe0f",
    "\ue000",
    "\x08",
)


@pytest.mark.parametrize("unseen", ZERO_WIDTH, ids=ascii)
def test_what_nobody_sees_within_a_word_is_taken_out_and_counted(unseen):
    said = plain(f"Mobile pay{unseen}ments for farmers.")
    assert said.text == "Mobile payments for farmers."
    assert said.hidden == 1


def test_a_run_of_them_counts_each():
    assert plain("pay\u200b\u200b\u2060ments and le\u200d\u200dnding").hidden == 5


def test_text_in_tag_characters_is_taken_out_and_counted():
    said = plain("Solar pumps." + "".join(chr(0xE0000 + ord(letter)) for letter in "fintech"))
    assert (said.text, said.hidden) == ("Solar pumps.", 7)


def test_bytes_hidden_in_variant_selectors_are_taken_out_and_counted():
    said = plain("Solar pumps 😊" + "".join(chr(0xE0100 + at) for at in range(20)))
    assert said.text == "Solar pumps 😊"
    assert said.hidden == 19


def test_an_override_of_direction_is_counted():
    assert plain("pumps \u202eralos\u202c").hidden >= 1


@pytest.mark.parametrize(
    "written",
    [
        "می\u200cخواهم",  # Persian, with a non-joiner within the word
        "क्\u200dष",  # Hindi, with a joiner
        "👩\u200d💻 and ❤\ufe0f and 🏳\ufe0f\u200d🌈",
        "From Scotland 🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f with pumps",
        "שלום\u200f SolarPump \u2068Ltd\u2069",
        "\ufeffA mark of byte order",
        "A space of no width \u200bbeside a space",
        "A hyphen\u00adation point",
        "\ue0a1 A bullet of an icon font",
        "A line\x0bbreak of a spreadsheet",
    ],
    ids=ascii,
)
def test_a_hidden_character_with_an_honest_use_is_taken_out_without_a_word(written):
    said = plain(written)
    assert said.hidden == 0
    assert not any(unicodedata.category(letter) in ("Cf", "Co") for letter in said.text)


def test_a_line_break_of_a_spreadsheet_still_parts_words():
    assert plain("solar\x0bpumps").text == "solar pumps"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Ｐａｙｍｅｎｔｓ！", "Payments!"),
        ("𝗳𝗶𝗻𝘁𝗲𝗰𝗵", "fintech"),
        ("eﬃcient", "efficient"),
        ("CO₂ in m²", "CO2 in m2"),
        ("ⓐⓘ", "ai"),
    ],
)
def test_a_letter_in_another_dress_is_the_letter(written, read):
    said = plain(written)
    assert (said.text, said.hidden, said.lookalike) == (read, 0, 0)


@pytest.mark.parametrize(
    "written", ["Crédit à São Paulo…", "Wait… what™", "½ price", "水泵 для ферм", "Straße No. 5", ""]
)
def test_ordinary_writing_stays_as_it_is(written):
    said = plain(written)
    assert said.text == ("1⁄2 price" if "½" in written else written)
    assert (said.hidden, said.lookalike) == (0, 0)


@pytest.mark.parametrize("word", ["pаyments", "раyments", "ρayments", "paymеntѕ"])
def test_a_word_of_two_alphabets_is_read_as_latin_and_counted(word):
    said = plain(f"Mobile {word} for farmers.")
    assert said.text == "Mobile payments for farmers."
    assert said.lookalike == 1


def test_a_word_of_look_alikes_alone_in_a_latin_text_is_read_as_latin():
    said = plain("Mobile саре for farmers.")
    assert said.text == "Mobile cape for farmers."
    assert said.lookalike == 1


@pytest.mark.parametrize(
    "written",
    [
        "Она открыла рот и сказала: SolarPump.",
        "The motto is «око за око, зуб за зуб» in Moscow offices of the firm.",
        "Η εταιρεία και το νερό: SolarPump for farms.",
        "Inhibitors of TNFα and PGC1α at 5 μm, with dχ and αν.",
        "Сосна",
        "IT-компания в Алматы",
    ],
)
def test_a_word_of_russian_or_greek_and_a_sign_of_science_are_left_alone(written):
    said = plain(written)
    assert (said.text, said.lookalike) == (written, 0)


def test_a_piece_of_the_plain_text_is_found_in_the_stored_one():
    written = "A\u200b eﬃ\u200bcient Ｐump 𝗳or раy"
    said = plain(written)
    assert len(said.offsets) == len(said.text)
    start = said.text.index("efficient")
    first, last = said.stored(start, start + len("efficient"))
    assert written[first:last] == "eﬃ\u200bcient"
    first, last = said.stored(said.text.index("pay"), len(said.text))
    assert written[first:last] == "раy"
