"""The languages that texts are told apart by: their ISO 639-1 codes and English names."""

from __future__ import annotations

LANGUAGE_NAMES = {
    "af": "Afrikaans",
    "am": "Amharic",
    "ar": "Arabic",
    "az": "Azerbaijani",
    "be": "Belarusian",
    "bg": "Bulgarian",
    "bn": "Bengali",
    "bs": "Bosnian",
    "ca": "Catalan",
    "cs": "Czech",
    "cy": "Welsh",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "et": "Estonian",
    "eu": "Basque",
    "fa": "Persian",
    "fi": "Finnish",
    "fr": "French",
    "ga": "Irish",
    "gl": "Galician",
    "gu": "Gujarati",
    "ha": "Hausa",
    "he": "Hebrew",
    "hi": "Hindi",
    "hr": "Croatian",
    "hu": "Hungarian",
    "hy": "Armenian",
    "id": "Indonesian",
    "ig": "Igbo",
    "is": "Icelandic",
    "it": "Italian",
    "ja": "Japanese",
    "jv": "Javanese",
    "ka": "Georgian",
    "kk": "Kazakh",
    "km": "Khmer",
    "kn": "Kannada",
    "ko": "Korean",
    "lg": "Luganda",
    "ln": "Lingala",
    "lo": "Lao",
    "lt": "Lithuanian",
    "lv": "Latvian",
    "mg": "Malagasy",
    "mk": "Macedonian",
    "ml": "Malayalam",
    "mn": "Mongolian",
    "mr": "Marathi",
    "ms": "Malay",
    "mt": "Maltese",
    "my": "Burmese",
    "ne": "Nepali",
    "nl": "Dutch",
    "no": "Norwegian",
    "om": "Oromo",
    "or": "Odia",
    "pa": "Punjabi",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "rw": "Kinyarwanda",
    "si": "Sinhala",
    "sk": "Slovak",
    "sl": "Slovenian",
    "sn": "Shona",
    "so": "Somali",
    "sq": "Albanian",
    "sr": "Serbian",
    "st": "Sesotho",
    "sv": "Swedish",
    "sw": "Swahili",
    "ta": "Tamil",
    "te": "Telugu",
    "th": "Thai",
    "tl": "Tagalog",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "uz": "Uzbek",
    "vi": "Vietnamese",
    "xh": "Xhosa",
    "yo": "Yoruba",
    "zh": "Chinese",
    "zu": "Zulu",
}

# Codes for languages of the table that others write: withdrawn ones, and written forms or near relations.
_SAME_AS = {"arz": "ar", "ary": "ar", "in": "id", "iw": "he", "nb": "no", "nn": "no", "wuu": "zh", "yue": "zh"}
_BY_NAME = {name.casefold(): code for code, name in LANGUAGE_NAMES.items()}


def language_name(code: str) -> str:
    """The English name of a language of the table; of any other, the code itself."""
    return LANGUAGE_NAMES.get(code, code)


def language_code(said: str) -> str | None:
    """The code of the table for what somebody wrote: "pt", "pt-BR", "nb" or "Portuguese"; None where there is none."""
    plain = said.strip().casefold()
    if plain in _BY_NAME:
        return _BY_NAME[plain]
    code = plain.replace("_", "-").split("-")[0]
    code = _SAME_AS.get(code, code)
    return code if code in LANGUAGE_NAMES else None


def knows(languages: frozenset[str] | None, language: str | None) -> bool:
    """Whether an encoder of these languages (None: of every language) knows a text's.

    A text of None it knows too, unless it knows no language at all.
    """
    return languages is None or (bool(languages) if language is None else language in languages)
