"""Reads our markdown: the fenced blocks with the marker above each, the code spans, the links."""

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
# A person runs these from top to bottom.
RUN = (ROOT / "README.md", *sorted((ROOT / "docs" / "how-to").glob("*.md")))
ALL = (
    *RUN,
    ROOT / "CHANGELOG.md",
    *sorted((ROOT / "docs").glob("*.md")),
    *sorted((ROOT / "docs" / "decisions").glob("*.md")),
    *sorted((ROOT / "data").glob("*.md")),
    *sorted((ROOT / "models").rglob("*.md")),
)

_FENCE = re.compile(r"^```(?P<info>[^\n`]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_MARKER = re.compile(r"<!--\s*(?P<key>[a-z ]+):\s*(?P<value>(?:(?!-->).)*?)\s*-->\s*\Z", re.DOTALL)
_SPAN = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """A fenced block. language and file: the words after the fence. marker: key and value of the comment above it."""

    line: int
    language: str
    file: str | None
    marker: tuple[str, str] | None
    body: str

    @property
    def run(self):
        return self.marker is None or self.marker[0] != "not run"

    def commands(self):
        """(command, the output shown below it) of an sh or a console block."""
        if self.language == "sh":
            return [(line, "") for line in self.body.splitlines() if line.strip()]
        pieces = re.split(r"^\$ ", self.body, flags=re.MULTILINE)
        assert not pieces[0].strip(), f"line {self.line}: a console block begins with $"
        return [tuple(piece.partition("\n")[::2]) for piece in pieces[1:]]


def name(path):
    return path.relative_to(ROOT).as_posix()


def blocks(path):
    text = path.read_text(encoding="utf-8")
    for fence in _FENCE.finditer(text):
        language, _, file = fence["info"].strip().partition(" ")
        marker = _MARKER.search(text[: fence.start()])
        yield Block(
            line=text[: fence.start()].count("\n") + 1,
            language=language,
            file=file or None,
            marker=(marker["key"].strip(), marker["value"]) if marker else None,
            body=fence["body"],
        )


def starts_with(path):
    """What a page needs before its first command, as its marker says."""
    found = re.search(r"<!--\s*starts with:\s*(.*?)\s*-->", path.read_text(encoding="utf-8"))
    return found[1] if found else "nothing"


def prose(path):
    return _FENCE.sub("", path.read_text(encoding="utf-8"))


def spans(path):
    return _SPAN.findall(prose(path))


def links(path):
    return _LINK.findall(prose(path))


def anchors(path):
    """The anchors of a page's headings, as GitHub makes them."""
    kept = (re.sub(r"[^\w\- ]", "", heading.casefold()) for heading in _HEADING.findall(prose(path)))
    return {heading.strip().replace(" ", "-") for heading in kept}


def table(path, first_heading):
    """The rows of the table whose first column has this heading, as lists of cells."""
    lines = prose(path).splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith(f"| {first_heading} |"))
    rows = []
    for line in lines[at + 2 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows
