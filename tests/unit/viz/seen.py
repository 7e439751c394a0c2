"""What stands in the HTML of a page."""

from html.parser import HTMLParser


class Seen(HTMLParser):
    """What stands in a piece of HTML: elements with their attributes, texts, and whether elements close in order."""

    VOID = {"input", "br", "wbr", "img", "hr", "path", "rect", "circle", "meta"}

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

    @property
    def words(self):
        """The text with a space wherever an element begins or ends."""
        return " ".join(" ".join(self.texts).split())

    def all(self, tag):
        return [attrs for name, attrs, _ in self.elements if name == tag]

    @property
    def ids(self):
        return [attrs["id"] for _, attrs, _ in self.elements if "id" in attrs]
