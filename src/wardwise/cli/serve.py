"""`wardwise serve`: products, measures and figures in the browser of this computer, until the web application is set up."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .options import options
from .screen import say


def serve(
    context: typer.Context,
    products: Annotated[Path, typer.Option(help="The folder that products were written to.")] = Path("products"),
    port: Annotated[int, typer.Option(help="The port to listen on; 0 takes a free one.", min=0, max=65535)] = 8050,
    open_: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
) -> None:
    """Show products, measures and figures on a page that only this computer can open. Nothing can be changed there.

    \b
    Examples:
      wardwise --store work serve --products products
      wardwise --store demo/store serve --products demo/products --open
    """
    from .serve_http import listen
    from .serve_site import Site

    chosen = options(context)
    site = Site(chosen.store, products, chosen.engine)
    with listen(site, port) as server:
        address = f"http://127.0.0.1:{server.server_port}/"
        say(f"Products from {products}, figures from {chosen.store}.")
        say(f"Open {address} on this computer. It is read only, and no other computer can reach it.")
        say("Press Ctrl+C to stop.")
        if open_:
            typer.launch(address)
        server.serve_forever()
