"""Crew-weeks are written down by title and craft: when a stage ends, a title is delivered, or a year ends.

Within a stage a title calls the same people every week, so that a week at work needs one count, and only posts that
stay open and crews that are held are written down as they happen.
"""

from __future__ import annotations

import numpy as np

from model.kernels import helper, index, kernel
from model.state import plain
from model.state.board_rows import TITLES_AHEAD, fetch_books
from model.state.books import CELL, EFFECT, TITLE


def written(books: np.ndarray, titles: np.ndarray, calls: np.ndarray, rows: np.ndarray, year: int
            ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The books of the titles in ``rows`` as tables of titles, cells and effects; titles count from 0."""
    most = rows.size * books.shape[1]
    tables = np.empty(rows.size, TITLE), np.empty(most, CELL), np.empty(most, EFFECT)
    counts = _write_down(books, titles, calls, rows.astype(np.int64), year, *tables)
    return tuple(plain.copied(table[:n]) for table, n in zip(tables, counts, strict=True))


@helper
def put_down(title, calls, books, row):
    """Add a stage's weeks at work to the books, before its calls change."""
    for c in range(calls.shape[1]):
        books[row, c].active += title.at_work * calls[row, c].need
    title.at_work = 0


@kernel
def _write_down(books, titles, calls, rows, year, kept, cells, effects):
    """Fill the three tables, whose lengths are returned, with what there is in the books of ``rows``."""
    n_titles, n_cells, n_effects = 0, 0, 0
    for n in range(rows.size):
        fetch_books(books, rows[min(n + TITLES_AHEAD, rows.size - 1)])
        row = index(rows[n])
        title = titles[row]
        there = False
        for c in range(books.shape[1]):
            book = books[row, c]
            active = book.active + title.at_work * calls[row, c].need
            worked = active - book.open + book.held
            used = worked | book.shadow | book.planned | active | book.open | book.held
            moved = book.displacement | book.compression | book.location | book.scope | book.new_tasks
            there |= used | moved != 0  # an effect can undo another before anyone is called
            if used != 0:
                cell = cells[n_cells]
                cell.title, cell.craft, cell.shadow, cell.planned = n_titles, c, book.shadow, book.planned
                cell.active, cell.worked, cell.open, cell.held = active, worked, book.open, book.held
                n_cells += 1
            if title.ai != 0 and used | moved != 0:
                effect = effects[n_effects]
                effect.title, effect.craft, effect.displacement = n_titles, c, book.displacement
                effect.compression, effect.location = book.compression, book.location
                effect.scope, effect.new_tasks = book.scope, book.new_tasks
                n_effects += 1
        if there:
            about = kept[n_titles]
            about.uid, about.kind, about.place, about.year = title.uid, title.kind, title.place, year
            about.firm, about.owner, about.ai = title.firm, title.owner, title.ai
            n_titles += 1
    return n_titles, n_cells, n_effects


@kernel
def clear(books, titles, rows):
    """Empty the books of the titles in ``rows``, which were written down."""
    for n in range(rows.size):
        titles[rows[n]].at_work = 0
        for c in range(books.shape[1]):
            book = books[rows[n], c]
            book.shadow = book.planned = book.active = book.open = book.held = 0
            book.displacement = book.compression = book.location = book.scope = book.new_tasks = 0
