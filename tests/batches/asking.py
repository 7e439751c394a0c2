"""A study of a function, and a command about studies."""

from experiments import cli

GOOD = {"title": "A", "question": "B?", "runner": "function", "function": "noisy_line", "against": None,
        "outcomes": ["y"], "uncertainties": {"a": {"low": 0, "high": 1}}, "design": {"kind": "lhs", "points": 30}}


def said(capsys, *words):
    """The sentence and the exit code of a command."""
    code = cli.main(["study", *words])
    return capsys.readouterr().err, code
