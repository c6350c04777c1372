"""Writes a built product: three formats and a manifest, each whole or not at all; then the register learns what went out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from wardwise.disclosure import Audience
from wardwise.reports import html, pdf, word
from wardwise.reports.document import Document
from wardwise.store import Store

from . import forecasts_kept, register
from .build import Built
from .known import as_csv
from .writing import replace_text, replace_with

WRITERS: dict[str, Callable[[Document, Path], object]] = {"html": html.write, "docx": word.write, "pdf": pdf.write}


@dataclass(frozen=True)
class Published:
    files: tuple[Path, ...]
    manifest: Path


def publish(built: Built, store: Store, folder: Path, progress: Callable[[str, int, int], None]) -> Published:
    """Write the product into `folder` as <product>.html, .docx and .pdf, with a table of its figures and a manifest beside them.

    The register is written before the files appear: what might have been seen must be in it, even after a kill.
    """
    name = built.order.product.product
    if built.order.audience is not Audience.ANALYST:
        register.add(store.folder, built.entries)
        forecasts_kept.add(store.folder, built.forecasts)
    files = []
    for done, (suffix, write) in enumerate(WRITERS.items()):
        progress(f"writing {suffix}", done, len(WRITERS))
        path = folder / f"{name}.{suffix}"
        files.append(replace_with(path, partial(write, built.document)))
    table = folder / f"{name}.figures.csv"
    replace_text(table, as_csv(built.figures))
    manifest = folder / f"{name}.manifest.json"
    replace_text(manifest, json.dumps(_manifest(built, [*files, table]), ensure_ascii=False, indent=2) + "\n")
    return Published(tuple(files), manifest)


def _manifest(built: Built, files: list[Path]) -> dict[str, object]:
    order, document = built.order, built.document
    return {
        "product": order.product.product,
        "title": document.title,
        "area": order.area,
        "area_name": document.area,
        "from": order.period.start,
        "to": order.period.end,
        "audience": order.audience.value,
        "synthetic": document.synthetic,
        "made": order.today.isoformat(),
        "versions": built.versions,
        "release": list(built.log),
        "files": [{"file": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()} for path in files],
    }
