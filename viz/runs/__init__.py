"""Runs for visitors: what is asked, who works on it, and where results lie."""
