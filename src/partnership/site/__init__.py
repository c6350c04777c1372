"""Settings, addresses, the page every page is built on, and what starts the site."""
