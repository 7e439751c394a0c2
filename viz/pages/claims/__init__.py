"""The page of the claims: what was claimed and doubted in April 2026, each with its verdict and what shows why."""

from viz.pages.claims.answer import ClaimsAnswer, read, shipped
from viz.pages.claims.page import page, surface_of_c3

__all__ = ["ClaimsAnswer", "page", "read", "shipped", "surface_of_c3"]
