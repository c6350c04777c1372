"""Speeds, as ratios against a peer in the same run. Never timed tests: machines differ, ratios hold."""
