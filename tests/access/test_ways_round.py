"""There is no way round the rule book: read from the code itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

import partnership

SOURCE = Path(partnership.__file__).parent
TREES = {
    path.relative_to(SOURCE).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
    for path in sorted(SOURCE.rglob("*.py"))
    if "migrations" not in path.parts
}
UNSCOPED = ("access/", "site/demo/", "cases/journey.py", "organisations/models/record.py", "insight/extract")
"""Who may read without asking, besides the steps: the rule book itself, the one move, the demo, the extract."""
STATUS = "cases/journey.py"


def _may_read_all(name: str) -> bool:
    return name.startswith(UNSCOPED) or "/steps/" in name or "/models/" in name


def found(kind: type[ast.AST]) -> Iterator[tuple[str, ast.AST]]:
    for name, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, kind):
                yield name, node


def test_records_are_read_through_the_rule_book():
    empty = {id(node.value) for _, node in found(ast.Attribute) if node.attr == "none"}  # type: ignore[attr-defined]
    around = [
        f"{name}, line {node.lineno}"  # type: ignore[attr-defined]
        for name, node in found(ast.Attribute)
        if node.attr in {"unscoped_rows", "_default_manager", "_base_manager"}  # type: ignore[attr-defined]
        and id(node) not in empty
        and not _may_read_all(name)
    ]
    assert around == []


def test_only_the_one_move_sets_a_state():
    assert [place for place in _states_set() if not place.startswith(STATUS)] == []


def _states_set() -> Iterator[str]:
    for name, node in found(ast.Attribute):
        if isinstance(node.ctx, ast.Store) and node.attr == "status":  # type: ignore[attr-defined]
            yield f"{name}, line {node.lineno}"  # type: ignore[attr-defined]
    for name, node in found(ast.Call):
        called = node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)  # type: ignore[attr-defined]
        given = {keyword.arg for keyword in node.keywords}  # type: ignore[attr-defined]
        if called == "update" and "status" in given:
            yield f"{name}, line {node.lineno}"  # type: ignore[attr-defined]
        if called == "setattr" and len(node.args) > 1 and ast.unparse(node.args[1]) == "'status'":  # type: ignore[attr-defined]
            yield f"{name}, line {node.lineno}"  # type: ignore[attr-defined]


OURS = [model for model in apps.get_models() if model.__module__.startswith("partnership.")]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_every_field_has_its_class(model):
    fields = {field.name for field in (*model._meta.fields, *model._meta.many_to_many)}
    classed = set(getattr(model, "SENSITIVITY", {}))
    assert fields == classed, f"without a class: {sorted(fields - classed)}; no field: {sorted(classed - fields)}"
