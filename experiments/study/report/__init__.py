"""The report of a study: one HTML page that stands alone, on a screen, a phone or paper."""

from experiments.study.report.page import report

__all__ = ["report"]
