"""What somebody who waits for a study sees: a line that is drawn anew at a terminal, a line a half minute elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from experiments.answer.wording import duration
from experiments.study.said import valued
from experiments.terminal.console import log

if TYPE_CHECKING:
    from experiments.batch.coordinator import Tally
    from experiments.study.definition import Study
    from experiments.study.session import Headline

EVERY = 30.0  # seconds between plain lines
_LONGEST = 40  # characters of a label that fits into the line

Told = Callable[["Tally", "Headline"], None]


@contextmanager
def watching(study: Study, quiet: bool) -> Iterator[Told]:
    """A function to be told how far it is."""
    if quiet:
        yield lambda tally, headline: None
    elif sys.stderr.isatty():
        from rich.console import Console
        from rich.live import Live

        with Live(console=Console(stderr=True), transient=True, refresh_per_second=4) as live:
            yield lambda tally, headline: live.update(line(tally, headline), refresh=False)
    else:
        last = [time.monotonic()]

        def told(tally: Tally, headline: Headline) -> None:
            if time.monotonic() - last[0] >= EVERY:
                last[0] = time.monotonic()
                sys.stderr.write(line(tally, headline) + "\n")
                sys.stderr.flush()

        yield told
    log.debug("the study %s is done", study.name)


def line(tally: Tally, headline: Headline) -> str:
    """done, failed, rate, time left, the headline so far, the last trouble."""
    words = [f"{tally.found + tally.done:,} of {tally.total:,} runs"]
    if tally.failed:
        words.append(f"{tally.failed} failed")
    if tally.done:
        rate = tally.rate()
        words.append(f"{rate:.1f} a second" if rate >= 1 else f"{rate * 60:.1f} a minute")
        words.append(f"{duration(tally.left / rate)} left")
    found = headline.interval()
    if found is not None:
        way, unit = headline.outcome.way, headline.outcome.unit
        named = headline.outcome.label if len(headline.outcome.label) <= _LONGEST else headline.outcome.name
        words.append(f"{named} {valued(found[0], way, unit)} ({valued(found[1], way, unit)} to "
                     f"{valued(found[2], way, unit)})")
    if tally.last_trouble:
        words.append(tally.last_trouble)
    return " · ".join(words)
