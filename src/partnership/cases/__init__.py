"""How a record moves from one state to the next."""
