"""Areas: which lies in which, by vintage; who polices them; whom to compare them with; where a point falls. Pure: no store, no files."""

from .forces import force_slug
from .groups import Partnership, PeerGroup, PeerRule
from .links import Area, Link
from .locate import locate
from .places import Places

__all__ = ["Area", "Link", "Partnership", "PeerGroup", "PeerRule", "Places", "force_slug", "locate"]
