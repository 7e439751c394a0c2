"""Answers that are known exactly, and the model's own code held against them."""
