"""The answer of a study from a file of the visitor: checked, then shown as the report would."""

from __future__ import annotations

from experiments.page.page import version_of_package
from experiments.study.report.page import failures
from model.errors import CallSheetError
from viz.fragments import Fragment, render
from viz.marked import marked
from viz.pages.batches.answers import answer_from
from viz.pages.batches.sections import UNKNOWN, report_sections

LEFT_OUT = ("cite",)  # a citation names the model, which an answer does not


def uploaded(data: bytes, name: str) -> Fragment:
    """The report of an answer.json; a sentence that says what was expected where it is none."""
    try:
        found = answer_from(data, name)
    except CallSheetError as trouble:
        return render("batches_refused.html.j2", trouble=marked(str(trouble)))
    study, runs = found["study"], {"failures": [], **found["runs"]}
    shown = [each for each in report_sections(found, {}, UNKNOWN) if each.id not in LEFT_OUT]
    head = [f"Call Sheet {version_of_package()}, model {UNKNOWN}, study {study.get('name', '')}, seed "
            f"{study.get('seed')}, scale {study.get('scale')}, {runs['total']} runs, {runs['failed']} failed"]
    figures = {chart.id: chart.figure for each in shown for chart in each.charts}
    return render("batches_uploaded.html.j2", figures, called=" ".join(name.split())[:60], study=study, runs=runs,
                  answer=found.get("answer", ""), sections=shown, failures=failures(runs), head=head,
                  summary={"scenario": f"study_{study.get('name', '')}"})
