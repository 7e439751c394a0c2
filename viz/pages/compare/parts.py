"""What every view is put together from: charts with title, subtitle, table and footer."""

from __future__ import annotations

from collections.abc import Sequence

from experiments.page.sheet import Chart
from experiments.study.report import blocks
from experiments.study.report.blocks import Block
from viz.pages.compare.view import CompareView


def chart_blocks(one: Chart, view: CompareView, footer: str = "") -> list[Block]:
    """A chart with its folded table, or the table alone where tables were asked for."""
    if view.table:
        said = [blocks.small(one.says)] if one.says else []
        shown = [blocks.heading(one.title), *said, blocks.table(one.sheet)]
    else:
        shown = [blocks.chart(one)]
    return [*shown, *([blocks.small(footer)] if footer else [])]


def several_blocks(charts: Sequence[Chart], view: CompareView, footer: str = "") -> list[Block]:
    """Charts side by side, or their tables."""
    if view.table:
        return [each for one in charts for each in chart_blocks(one, view)] + ([blocks.small(footer)] if footer else [])
    return [blocks.charts(charts), *([blocks.small(footer)] if footer else [])]
