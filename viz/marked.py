"""Words of code inside sentences, as docstrings, notices and files mark them, as HTML."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

_MARKED = re.compile(r"``([^`]+)``|:\w+:`~?([^`]+)`|`([^`]+)`|\*\*([^*]+)\*\*")


def marked(text: str) -> Markup:
    """Text as HTML, with what stands between backquotes as code and between double stars as strong."""
    parts, end = [], 0
    for found in _MARKED.finditer(text):
        parts.append(escape(text[end : found.start()]))
        code = found.group(1) or found.group(2) or found.group(3)
        form = "<code>{}</code>" if code else "<strong>{}</strong>"
        parts.append(Markup(form).format(code or found.group(4)))
        end = found.end()
    parts.append(escape(text[end:]))
    return Markup("").join(parts)
