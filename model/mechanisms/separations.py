"""Wraps when the work is done, layoffs when a production is stopped: the last to join are the first to go."""

from __future__ import annotations

from model.kernels import kernel
from model.mechanisms.answering import leave_call
from model.vocabulary import Event, Stage, Status

_WRAP, _LAYOFF, _QUIT = int(Event.WRAP), int(Event.LAYOFF), int(Event.QUIT)
_OUT, _ON_CALL, _DELIVERED = int(Status.OUT), int(Status.ON_CALL), int(Stage.DELIVERED)


@kernel
def end_calls(crew, status, craft, uid, titles, calls, order, known_heads, kept, terms, log):
    """Send home whoever a call no longer needs: all on delivery, most on a halt, the surplus at a change of stage.

    ``order`` lists the production rows, oldest green-light first; ``kept`` (crafts,) is the share of a craft's
    people who work on while the production is stopped. Returns (wrapped, laid off). Equation 31.
    """
    now = terms[0]
    wrapped = 0
    laid_off = 0
    for o in range(order.size):
        row = order[o]
        title = titles[row]
        stopped = title.halted != 0
        delivered = title.stage == _DELIVERED
        for c in range(calls.shape[1]):
            call = calls[row, c]
            keep = 0 if delivered else int(call.need * kept[c] + 0.5) if stopped else int(call.need)
            if call.filled <= keep:
                continue
            if delivered:
                known_heads[title.firm, c] = call.head
            while call.filled > keep:
                last = crew[call.head].next
                leaver = last if last >= 0 else call.head
                leave_call(crew, status, craft, uid, titles, calls, leaver, row, c, _LAYOFF if stopped else _WRAP, now,
                           log)
                if stopped:
                    laid_off += 1
                else:
                    wrapped += 1
    return wrapped, laid_off


@kernel
def dismiss(crew, status, craft, uid, titles, calls, rows, terms, log):
    """End the calls of the workers in ``rows`` who are on one, as when they are taken out of the market by hand.

    Returns how many were on a call and how many were attached.
    """
    now = terms[0]
    crafts = calls.shape[1]
    on_call = 0
    attached = 0
    for r in range(rows.size):
        i = rows[r]
        if status[i] == _ON_CALL:
            call = crew[i].call
            leave_call(crew, status, craft, uid, titles, calls, i, call // crafts, call % crafts, _QUIT, now, log)
            on_call += 1
        if status[i] != _OUT:
            attached += 1
    return on_call, attached
