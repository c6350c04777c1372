"""The house keeps its own rules: sizes, names, imports, clocks, paths, and pages written from what is declared."""

from __future__ import annotations

import ast
import csv
import importlib
import importlib.util
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from wardwise.definitions.find import read
from wardwise.records import dictionary
from wardwise.records.tables import TABLES

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src"
MODULES = [path for path in sorted(SOURCE.rglob("*.py")) if path.parent.name != "migrations"]
"""Migrations are written by Django."""
TREES = {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in MODULES}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)

LONGEST_FILE, LONGEST_FUNCTION = 400, 60
EXEMPT = "src/wardwise/records/tables/"
"""Canonical tables are declarations: one is as long as it has columns."""


def broken(found: Iterator[str]) -> str:
    return "\n".join(found)


def test_no_file_and_no_function_is_too_long():
    def found() -> Iterator[str]:
        for name, tree in TREES.items():
            lines = len((ROOT / name).read_text(encoding="utf-8").splitlines())
            if lines > LONGEST_FILE and not name.startswith(EXEMPT):
                yield f"{name}: {lines} lines"
            for node in ast.walk(tree):
                if isinstance(node, FUNCTIONS) and (long := _length(node)) > LONGEST_FUNCTION:
                    yield f"{name}: {node.name} has {long} lines"

    assert not broken(found())


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    assert node.end_lineno is not None
    return node.end_lineno - node.lineno + 1


def test_names_say_what_a_thing_is():
    vague = re.compile(r"(Manager|Handler|Helper|Service|Util|Utils|2|Nextgen)$")

    def found() -> Iterator[str]:
        for name, tree in TREES.items():
            if re.search(r"(utils?|helpers?|misc|common2?)\.py$", name) and not name.startswith(EXEMPT):
                yield name
            for node in ast.walk(tree):
                if isinstance(node, ast.ClassDef) and vague.search(node.name):
                    yield f"{name}: class {node.name}"

    assert not broken(found())


def test_the_library_does_not_print():
    def found() -> Iterator[str]:
        for name, tree in TREES.items():
            for node in ast.walk(tree):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print":
                    yield f"{name}, line {node.lineno}"

    assert not broken(found())


def test_clocks_know_their_time_zone():
    def found() -> Iterator[str]:
        for name, tree in TREES.items():
            placed = {id(node.value.func) for node in ast.walk(tree) if _is_placed(node)}  # type: ignore[attr-defined]
            for node in ast.walk(tree):
                if isinstance(node, ast.Call) and _reads_clock(node) and id(node.func) not in placed:
                    yield f"{name}, line {node.lineno}"

    assert not broken(found())


def _is_placed(node: ast.AST) -> bool:
    """datetime.now().astimezone: a clock that is told its place at once."""
    return isinstance(node, ast.Attribute) and node.attr == "astimezone" and isinstance(node.value, ast.Call)


def _reads_clock(node: ast.Call) -> bool:
    if not isinstance(node.func, ast.Attribute):
        return False
    kind = ast.unparse(node.func)
    return kind.endswith(("datetime.utcnow", "date.today")) or (
        kind.endswith("datetime.now") and not node.args and not node.keywords
    )


POSIX_MODULES = {"fcntl", "resource", "pwd", "grp", "termios", "tty", "pty", "syslog", "posix", "crypt", "readline"}
POSIX_CALLS = {
    "os.fork",
    "os.getuid",
    "os.geteuid",
    "os.uname",
    "os.mkfifo",
    "os.killpg",
    "os.setsid",
    "signal.SIGKILL",
}


def test_nothing_works_on_one_kind_of_computer_only():
    """Council laptops run Windows. What only exists elsewhere stands in a branch that asks for the platform first."""

    def found() -> Iterator[str]:
        for name, tree in TREES.items():
            if not name.startswith("src/wardwise/"):
                continue
            asked = {id(inner) for node in ast.walk(tree) if _asks_platform(node) for inner in ast.walk(node)}
            for node in ast.walk(tree):
                if id(node) not in asked and (wrong := _posix(node)):
                    yield f"{name}: {wrong}"

    assert not broken(found())


def _asks_platform(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "sys.platform" in ast.unparse(node.test)


def _posix(node: ast.AST) -> str:
    if isinstance(node, ast.Import):
        return next((alias.name for alias in node.names if alias.name.split(".")[0] in POSIX_MODULES), "")
    if isinstance(node, ast.ImportFrom):
        return node.module if node.module in POSIX_MODULES else ""
    text = ast.unparse(node) if isinstance(node, ast.Attribute) else ""
    return text if text in POSIX_CALLS else ""


def test_no_path_of_anyones_machine_is_kept():
    own = re.compile(r"(?<![\w.:/-])/(work|root|home|Users|mnt)/\w|[A-Z]:\\\\?Users")
    folders = (SOURCE, ROOT / "definitions", ROOT / "docs", ROOT / "tools", ROOT / "benchmarks")
    kinds = {".py", ".md", ".yaml", ".csv", ".sh", ".toml", ".css", ".js", ".typ"}
    files = [path for folder in folders for path in sorted(folder.rglob("*")) if path.suffix in kinds]
    files += [ROOT / name for name in ("README.md", "Makefile", "pyproject.toml") if (ROOT / name).is_file()]

    def found() -> Iterator[str]:
        for path in files:
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                if own.search(line):
                    yield f"{path.relative_to(ROOT)}, line {number}: {line.strip()[:80]}"

    assert len(files) > 100
    assert not broken(found())


def test_only_the_release_gate_holds_the_seal():
    def found() -> Iterator[str]:
        for name, tree in TREES.items():
            for node in ast.walk(tree):
                imported = isinstance(node, ast.ImportFrom) and any(alias.name == "SEAL" for alias in node.names)
                if imported and name != "src/wardwise/disclosure/release.py":
                    yield name
                if isinstance(node, ast.Attribute) and node.attr == "SEAL":
                    yield name

    assert not broken(found())


HEAVY = (
    "duckdb", "pyarrow", "numpy", "pandas", "scipy", "pyspark", "django", "deltalake", "sqlglot", "shapely", "pyproj",
    "docx", "typst", "vl_convert", "pikepdf", "openpyxl", "python_calamine", "httpx", "statsmodels", "pydantic", "rich",
)  # fmt: skip


@pytest.mark.parametrize("package", ["wardwise", "wardwise.cli"])
def test_importing_loads_nothing_heavy(package):
    """`wardwise --help` answers in a blink, and the library alone needs neither Django nor Spark."""
    code = (
        "import importlib, pkgutil, sys\n"
        f"package = importlib.import_module({package!r})\n"
        f"names = [m.name for m in pkgutil.iter_modules(package.__path__, {package + '.'!r})] if {package!r} != 'wardwise' else []\n"
        "for name in names: importlib.import_module(name)\n"
        f"print(len(names), *sorted(set({HEAVY!r}) & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=SOURCE)
    count, *loaded = done.stdout.split()
    assert loaded == []
    assert package == "wardwise" or int(count) > 5


DEFINITIONS = ROOT / "definitions"


@pytest.mark.parametrize(
    "path", sorted(DEFINITIONS.rglob("*.yaml")), ids=lambda path: path.relative_to(DEFINITIONS).as_posix()
)
def test_every_declaration_can_be_read(path):
    assert read(path)


@pytest.mark.parametrize(
    "path", sorted(DEFINITIONS.rglob("*.csv")), ids=lambda path: path.relative_to(DEFINITIONS).as_posix()
)
def test_every_declared_list_has_a_heading_and_rows_of_its_length(path):
    with path.open(encoding="utf-8", newline="") as file:
        heading, *rows = csv.reader(file)
    assert rows
    assert all(len(row) == len(heading) for row in rows)


def test_the_pages_written_from_declarations_are_fresh():
    spec = importlib.util.spec_from_file_location("docs_tool", ROOT / "tools" / "docs.py")
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    stale = [
        name
        for name, module in tool.GENERATED.items()
        if importlib.util.find_spec(module) is not None
        and (tool.DOCS / name).read_text(encoding="utf-8") != importlib.import_module(module).page()
    ]
    assert not stale, "run `make docs` (python tools/docs.py) and commit what it writes"


def test_the_data_dictionary_holds_every_column():
    page = dictionary.page()
    for table in TABLES.values():
        section = page.partition(f"\n## {table.name}\n")[2].partition("\n## ")[0]
        rows = [line for line in section.splitlines() if line.startswith("| `")]
        assert [row.split("`")[1] for row in rows] == list(table.names)
        assert all(row.count("|") - row.count("\\|") == 6 for row in rows)
