"""Pages that belong to no one room: home, search, exports, errors, signing in."""
