"""The laws of a printed spreadsheet: what a sheet may be called, and how many lines a text takes in a column."""

from __future__ import annotations

import re
import unicodedata

# Excel's laws: at most 31 UTF-16 units, none of these signs, no apostrophe at an end, no two that differ only in case,
# and never this word.
_LONGEST_NAME = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_RESERVED = "history"
# What cannot stand in XML, and so in no workbook.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# Widths in thousandths of the font's size. Source: the metrics of Helvetica, which Arial and Liberation Sans share.
_WIDTHS = {
    letter: width
    for width, letters in (
        (222, "ijl'|"),
        (278, " !,./:;[]\\fIt"),
        (334, "()-r`{}"),
        (389, '*"^'),
        (500, "Jcksvxyz"),
        (556, "#$0123456789?L_abdeghnopqu"),
        (611, "+<=>~FTZ"),
        (667, "&ABEKPSVXY"),
        (722, "CDHNRUw"),
        (778, "GOQ"),
        (889, "%mM"),
        (1015, "@W"),
    )
    for letter in letters
}
_OTHER, _WIDE = 667, 1200
# Programs round each letter to whole pixels, so that a line may take this much more.
_SPARE = 1.06
# A column of n characters is 7n + 5 pixels wide in a 10 point Arial, of which 6 stay empty; a point is 4/3 of a pixel.
_CHARACTER, _PIXELS_A_POINT = 7, 4 / 3


def sheet_name(wanted: str, taken: set[str]) -> str:
    """A name that Excel takes and that is not taken yet, as near as possible to what is wanted; it is added to `taken`.

    taken: the names there are, in their loosest form.
    """
    letters = (letter for letter in wanted if unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Cn", "Co"))
    plain = " ".join(_FORBIDDEN.sub(" ", "".join(letters)).split()).strip("'").strip() or "Sheet"
    number = 1
    while True:
        suffix = f" ({number})" if number > 1 else ""
        name = _cut(plain, _LONGEST_NAME - len(suffix)).strip().strip("'").strip() + suffix
        loosest = unicodedata.normalize("NFKC", name).casefold()
        if loosest not in taken and loosest != _RESERVED:
            taken.add(loosest)
            return name
        number += 1


def writable(text: str) -> str:
    """The text with what no workbook can hold replaced."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def lines(text: str, characters: int, points: int = 10, bold: bool = False) -> list[str]:
    """The text as it is broken in a column so many characters wide, in Arial of this size; never fewer lines than seen.

    Joined they are the text, with single spaces: a line that ends between two words ends in a space.
    """
    room = (characters * _CHARACTER - 1) / (points * _PIXELS_A_POINT) * 1000 / (_SPARE * (1.08 if bold else 1.0))
    space = _WIDTHS[" "]
    broken: list[str] = []
    line, used = "", 0.0
    for word in text.split():
        wide = _width(word)
        if line and used + space + wide <= room:
            line, used = f"{line} {word}", used + space + wide
            continue
        if line:
            broken.append(f"{line} ")
        line, used = word, wide
        while used > room:
            fits = _fitting(line, room)
            broken.append(line[:fits])
            line = line[fits:]
            used = _width(line)
    return [*broken, line] if line or not broken else broken


def _fitting(word: str, room: float) -> int:
    """How many letters of a word fit, at least one."""
    used = 0.0
    for at, letter in enumerate(word):
        used += _width(letter)
        if used > room:
            return max(1, at)
    return len(word)


def _width(text: str) -> float:
    return sum(_WIDTHS.get(letter) or _unlisted(letter) for letter in text)


def _unlisted(letter: str) -> int:
    if unicodedata.combining(letter):
        return 0
    return _WIDE if unicodedata.east_asian_width(letter) in "WF" or ord(letter) > 0xFFFF else _OTHER


def _cut(text: str, units: int) -> str:
    """The first letters of a text, at most so many UTF-16 units."""
    while len(text.encode("utf-16-le", "surrogatepass")) > 2 * units:
        text = text[:-1]
    return text
