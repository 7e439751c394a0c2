"""The page that holds two worlds side by side: one question, its answer in a sentence, and five ways to look at it."""

from viz.pages.compare.page import maps, page
from viz.pages.compare.view import CompareView, link_from
from viz.pages.compare.words import headline

__all__ = ["CompareView", "headline", "link_from", "maps", "page"]
