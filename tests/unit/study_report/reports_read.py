"""A report as its reader has it: text, tags, tables and figures."""

import json
from pathlib import Path

from experiments.study.report import report
from tests.unit.answer.test_page import Reader


def read(found, out=Path("none")):
    text = report(found, out)
    reader = Reader()
    reader.feed(text)
    assert reader._open == []
    return text, reader


def drawn(reader, chart):
    return json.loads(reader.scripts["figures"])[chart]["data"]


def column(reader, table, number):
    return [row[number] for row in reader.tables[table][1:] if row]
