"""The claims and doubts of April 2026, each measured over futures (luck) and over parameters (what is not known)."""
