"""What stands on a tab of the Method page, and the code with one text of it changed."""

from html.parser import HTMLParser
from pathlib import Path

from viz.pages.method.code import Code, source

ROOT = Path(__file__).resolve().parents[4]


class Seen(HTMLParser):
    """What stands in a piece of HTML: elements with their attributes, texts, and whether elements close in order."""

    VOID = {"input", "br", "wbr", "img", "hr", "path", "rect", "circle"}

    def __init__(self, html):
        super().__init__()
        self.elements, self.open, self.wrong, self.texts = [], [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs), tuple(self.open)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs), tuple(self.open)))

    def handle_endtag(self, tag):
        if tag not in self.VOID and (not self.open or self.open.pop() != tag):
            self.wrong.append(tag)

    def handle_data(self, data):
        self.texts.append(data)

    @property
    def text(self):
        return " ".join("".join(self.texts).split())

    def all(self, tag):
        return [attrs for name, attrs, _ in self.elements if name == tag]

    @property
    def ids(self):
        return [attrs["id"] for _, attrs, _ in self.elements if "id" in attrs]


def changed(module, before, after):
    """The code as it is, but for one text in one module."""
    assert before in source(module), f"{module} no longer has what this test changes: {before}"
    return Code(lambda name: source(name).replace(before, after, 1) if name == module else source(name))
