"""Groups of areas that partnerships declare: merged partnerships, and areas fair to compare with."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Partnership:
    """Several districts that work as one partnership. members are counted in it; associates work with it and are not.

    source: where the membership is stated.
    """

    code: str
    name: str
    members: tuple[str, ...]
    associates: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True)
class PeerGroup:
    """Areas that may be compared: their codes (the area itself among them), and why they are fair to compare."""

    name: str
    codes: tuple[str, ...]
    why: str


@dataclass(frozen=True)
class PeerRule:
    """How a peer group is declared: either codes, or all areas of `level` inside the same larger area (`same`).

    applies_to: the areas it is for; empty means every area among its codes or of its level. name may hold {area}, the name of
    the larger area.
    """

    name: str
    why: str
    codes: tuple[str, ...] = ()
    level: str = ""
    same: str = ""
    applies_to: tuple[str, ...] = ()
