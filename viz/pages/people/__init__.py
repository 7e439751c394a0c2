"""One life, twice: a worker of April 2026 followed through both worlds."""

from viz.pages.people.page import page
from viz.pages.people.view import PeopleView

__all__ = ["PeopleView", "page"]
