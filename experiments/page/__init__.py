"""A run as one HTML file: its sections, its tables, and what else is written beside it."""
