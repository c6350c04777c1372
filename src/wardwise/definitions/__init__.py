"""Finds, loads and checks declarations: the YAML files that practitioners edit and boards read."""
