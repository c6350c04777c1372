"""A web server for one person at one computer: it listens on 127.0.0.1 alone, answers GET and HEAD, and changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, urlsplit

from wardwise import __version__

if TYPE_CHECKING:
    from .serve_site import Site

ADDRESS = "127.0.0.1"
OWN_PAGES = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
"""Pages made here need a style sheet, a font and forms that come back here. They have no script."""

PRODUCT_PAGES = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; font-src data:; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)
"""A product is one file with its style and charts inside, and states the digests of both in a stricter policy of its own."""

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
LONGEST_PATH = 4_000


@dataclass(frozen=True)
class Answer:
    """What is sent back. save_as: the file's name, when the browser should save it."""

    body: bytes
    type: str = "text/html; charset=utf-8"
    status: int = HTTPStatus.OK
    policy: str = OWN_PAGES
    save_as: str = ""


class Request(BaseHTTPRequestHandler):
    """Reads a request, asks the site, and sends its answer."""

    server: LocalServer
    server_version = f"Wardwise/{__version__}"
    sys_version = ""
    protocol_version = "HTTP/1.1"
    timeout = 30

    def do_GET(self) -> None:
        self._send(self._answer(), body=True)

    def do_HEAD(self) -> None:
        self._send(self._answer(), body=False)

    def _answer(self) -> Answer:
        site = self.server.site
        if not self._from_here():
            return site.refused("This page can only be opened on the computer it runs on.", HTTPStatus.FORBIDDEN)
        if len(self.path) > LONGEST_PATH:
            return site.refused("That address is too long.", HTTPStatus.REQUEST_URI_TOO_LONG)
        parts = urlsplit(self.path)
        return site.answer(unquote(parts.path), dict(parse_qsl(parts.query, keep_blank_values=True, max_num_fields=20)))

    def _from_here(self) -> bool:
        """Whether the browser asked for this computer by its own name. Another name that leads here is a page elsewhere trying to
        read what is shown (DNS rebinding)."""
        name = self.headers.get("Host", "").rpartition(":")[0] or self.headers.get("Host", "")
        return name in (ADDRESS, "localhost")

    def _send(self, answer: Answer, *, body: bool) -> None:
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.type)
        self.send_header("Content-Length", str(len(answer.body)))
        self.send_header("Content-Security-Policy", answer.policy)
        for name, value in ALWAYS.items():
            self.send_header(name, value)
        if answer.save_as:
            self.send_header("Content-Disposition", f'attachment; filename="{answer.save_as}"')
        self.end_headers()
        if body:
            self.wfile.write(answer.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the name that the standard library gives it
        """Nothing is logged: an address may hold what somebody looked for."""


class LocalServer(ThreadingHTTPServer):
    """The server, and the site that it asks."""

    daemon_threads = True
    allow_reuse_address = False

    def __init__(self, site: Site, port: int) -> None:
        self.site = site
        super().__init__((ADDRESS, port), Request)


def listen(site: Site, port: int) -> LocalServer:
    """A server ready for `serve_forever`. Raises WardwiseError when the port is taken."""
    from wardwise.records.errors import WardwiseError

    try:
        return LocalServer(site, port)
    except OSError as error:
        raise WardwiseError(
            f"Port {port} cannot be used; another program may have it.",
            where=ADDRESS,
            next_step="Choose another with --port, or --port 0 for a free one.",
        ) from error
