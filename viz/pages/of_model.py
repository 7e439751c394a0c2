"""Which model kept results are of, and whether they are still what the installed one gives."""

from __future__ import annotations

from model.digest import model_digest, same_results

SHORT = 12  # letters of a digest


def of_model(model: str, renew: str = "", ai: bool = True) -> str:
    """Sentences for results of the model with this digest; ``renew`` is the command that makes them anew, and ``ai``
    says whether somebody may use AI in them.
    """
    mine, theirs = model_digest()[:SHORT], model[:SHORT]
    if model == model_digest():
        return f"Of model {theirs}, the one that runs now."
    if same_results(model, ai):
        where = "" if same_results(model) else " where nobody uses AI"
        return f"Of model {theirs}; {mine}, which runs now, gives the same results bit for bit{where}."
    return stale_said(model, renew)


def made_with(model: str, what: str) -> str:
    """The first line of a download of results that were kept: what was run, and with which model."""
    return f"Call Sheet, {what}, made with model {model}"


def stale_said(model: str, renew: str = "") -> str:
    """That results are of another model, which may give others; empty where the installed one gives the same."""
    if not model or same_results(model):
        return ""
    command = f" The command {renew} renews them." if renew else ""
    return (f"These results are stale: they are of model {model[:SHORT]}, and {model_digest()[:SHORT]} runs now, which "
            f"may give other numbers.{command}")
