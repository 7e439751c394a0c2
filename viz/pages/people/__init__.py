"""One life, twice: a worker of April 2026 followed through both worlds."""

from viz.pages.people.page import page
from viz.pages.people.view import View

__all__ = ["View", "page"]
