"""The one room that asks the library: released products and figures, kept and shown."""
