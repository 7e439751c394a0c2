"""Planted data: series, terms, shocks and assumptions, each with its kind and its source."""
