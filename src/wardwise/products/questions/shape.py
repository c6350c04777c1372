"""What a question is: it is given the enquiry, the block's name and the block's options, and gives findings, or None."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wardwise.records.findings import Findings

from ..enquiry import Enquiry

Options = dict[str, Any]
Question = Callable[[Enquiry, str, Options], Findings | None]
