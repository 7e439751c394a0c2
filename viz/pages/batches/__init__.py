"""The page of batches: results of studies of the headless half, opened from a folder or a file, and browsed."""

from viz.pages.batches.listed import listing
from viz.pages.batches.places import root
from viz.pages.batches.study import shown
from viz.pages.batches.uploaded import uploaded

__all__ = ["listing", "root", "shown", "uploaded"]
