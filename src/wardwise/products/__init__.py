"""Products: what is asked, in what order, and how it is put together. A product is a declaration in definitions/products."""

from .build import build
from .definition import Product, load
from .publish import publish

__all__ = ["Product", "build", "load", "publish"]
