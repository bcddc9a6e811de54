"""Reads every import: a file imports only lower floors or its own folder, and libraries only where allowed."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "matcher"

# Lowest first. A place may import any lower floor and itself; two places on one floor may not import each other.
FLOORS = (
    ("domain", "errors", "settings", "__init__"),
    ("steps", "store", "engines"),
    ("match", "workspace"),
    ("snapshot",),
    ("wiring", "gather", "editions", "published", "rescoring"),
    ("account", "plan", "kept_run"),
    ("what_if", "why_not", "fill_in", "price", "causes"),
    ("party",),
    ("services",),
    ("cli",),
    ("__main__",),
)
# The only places that may import each library (a folder, or a folder/file).
ONLY_IN = {
    "sqlalchemy": {"store"},
    "alembic": {"store"},
    "faiss": {"engines/faiss_index"},
    "sklearn": {"engines"},
    "torch": {"engines/sentence_embedder"},
    "sentence_transformers": {"engines/sentence_embedder"},
    "ortools": {"steps/flow", "steps/pitch_model", "steps/timetable_solver"},
    "py3langid": {"engines/language_detector"},
    "python_calamine": {"engines"},
    "xlsxwriter": {"engines"},
    "icalendar": {"engines/calendar_file"},
    "fastapi": set(),
    "pydantic": {"settings"},
    "pydantic_settings": {"settings"},
    "typer": {"cli"},
    "rich": {"cli"},
}
# An engine is named in one place only.
ENGINES_ONLY_IN = "wiring"
# Services and engines are independent of their neighbours within the folder.
NO_NEIGHBOURS = {"services", "engines"}
LONGEST = 400

FILES = sorted(SOURCE.rglob("*.py"))


def name(path: Path) -> str:
    return path.relative_to(SOURCE).with_suffix("").as_posix()


def place(path: Path) -> str:
    return name(path).split("/")[0]


def floor(place: str) -> int:
    for height, places in enumerate(FLOORS):
        if place in places:
            return height
    raise AssertionError(f"{place} stands on no floor: add it to FLOORS")


def imports(path: Path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name(path)}.py:{node.lineno} imports relatively; write the whole name"
            yield node.module, node.lineno
            if node.module == "matcher" or node.module.count(".") == 1:
                yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def inner_imports(path: Path):
    """The imports of our own modules, as (module path below matcher, line)."""
    for module, line in imports(path):
        parts = module.split(".")
        if parts[0] != "matcher" or len(parts) == 1:
            continue
        inner = "/".join(parts[1:])
        if (SOURCE / f"{inner}.py").exists() or (SOURCE / inner).is_dir():
            yield inner, line


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_file_imports_only_lower_floors_or_its_own_folder(path):
    wrong = [
        f"{name(path)}.py:{line} imports {inner}"
        for inner, line in inner_imports(path)
        if inner.split("/")[0] != place(path) and floor(inner.split("/")[0]) >= floor(place(path))
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_library_is_imported_only_where_it_belongs(path):
    wrong = []
    for module, line in imports(path):
        allowed = ONLY_IN.get(module.split(".")[0])
        if allowed is not None and not any(
            name(path) == where or name(path).startswith(where + "/") for where in allowed
        ):
            wrong.append(f"{name(path)}.py:{line} imports {module}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("path", FILES, ids=name)
def test_services_and_engines_do_not_import_their_neighbours(path):
    wrong = [
        f"{name(path)}.py:{line} imports its neighbour {inner}"
        for inner, line in inner_imports(path)
        if place(path) in NO_NEIGHBOURS and inner.split("/")[0] == place(path) and inner != place(path)
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("path", FILES, ids=name)
def test_only_the_wiring_names_an_engine(path):
    wrong = [
        f"{name(path)}.py:{line} imports {inner}"
        for inner, line in inner_imports(path)
        if inner.startswith("engines/") and place(path) not in {"engines", ENGINES_ONLY_IN}
    ]
    assert not wrong, "\n".join(wrong)


def test_no_file_takes_part_in_a_circle():
    graph = {
        name(path): {inner for inner, _ in inner_imports(path) if (SOURCE / f"{inner}.py").exists()} for path in FILES
    }
    done: set[str] = set()

    def visit(node, trail):
        assert node not in trail, " → ".join([*trail[trail.index(node) :], node])
        if node not in done:
            for target in sorted(graph[node]):
                visit(target, [*trail, node])
            done.add(node)

    for node in sorted(graph):
        visit(node, [])


@pytest.mark.parametrize("path", FILES, ids=name)
def test_only_the_settings_read_the_environment(path):
    text = path.read_text(encoding="utf-8")
    assert name(path) == "settings" or ("os.environ" not in text and "getenv" not in text), f"{name(path)}.py"


@pytest.mark.parametrize("path", FILES, ids=name)
def test_no_hidden_circles_no_drawers_and_no_long_files(path):
    text = path.read_text(encoding="utf-8")
    assert "TYPE_CHECKING" not in text, f"{name(path)}.py hides a circle behind TYPE_CHECKING"
    assert path.stem not in {"utils", "helpers", "common", "base", "manager", "handler", "data", "info"}, name(path)
    assert len(text.splitlines()) <= LONGEST, f"{name(path)}.py has more than {LONGEST} lines"


@pytest.mark.parametrize("path", [path for path in FILES if path.name != "__init__.py"], ids=name)
def test_a_file_opens_by_saying_what_lives_in_it(path):
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), f"{name(path)}.py has no first sentence"


@pytest.mark.parametrize("path", [path for path in FILES if path.name == "__init__.py"], ids=name)
def test_no_code_in_package_files(path):
    body = ast.parse(path.read_text(encoding="utf-8")).body
    assert all(isinstance(node, (ast.Expr, ast.Assign)) for node in body), f"{name(path)}.py holds code"
