"""Identities that close: heads, hires, separations and public cents every week, days and workers' cents once a year."""

from __future__ import annotations

import numpy as np

from model.errors import Failure
from model.state.events import Entry
from model.state.flows import Flows
from model.state.state import State

_PARTS = tuple((f"{part.name} inside {whole.name}", part, whole)
               for part, whole in ((Entry.CREDIT_IN_LA, Entry.CREDIT), (Entry.INSURED, Entry.BENEFITS)))


class AccountsDoNotClose(Failure):
    """An identity failed: the week's result cannot be trusted."""


def close(state: State, flows: Flows) -> None:
    """Check what must hold after every week; raises a sentence with both sides if it does not.

    Calls and workers count the same people; hires less separations are the change in people on calls; the
    attached change by entries, returns and exits. Equation 22.
    """
    answered, on_call, idle = int(flows.people.sum()), int(flows.on_call.sum()), int(flows.idle.sum())
    _same(flows.week, "people on calls, counted from the calls and from the workers", answered, on_call)
    _same(flows.week, "change of people on calls, and hires less separations",
          on_call - state.last_on_call, flows.hires - flows.separations)
    _same(flows.week, "change of the attached, and entries plus returns less exits",
          on_call + idle - state.last_attached, flows.entries + flows.returns - flows.exits)
    state.tell(last_on_call=on_call, last_attached=on_call + idle,
               payroll=state.payroll + int(flows.payroll.sum()),
               crew_days=state.crew_days + int(flows.days.sum()))


def close_money(state: State) -> None:
    """Check money and time once everyone is settled to the end of last week.

    What the calls paid is what the workers got; income less spending is the change in savings; crew-days on the
    calls are the days of the workers. Equation 23.
    """
    ledger = state.ledger
    _same(state.week, "cents of payroll, of the calls and of the workers", state.payroll,
          int(ledger[Entry.GROSS_PAY]))
    _same(state.week, "crew-days, of the calls and of the workers", state.crew_days, int(ledger[Entry.DAYS]))
    income = int(ledger[Entry.GROSS_PAY] - ledger[Entry.TAX] + ledger[Entry.BENEFITS])
    _same(state.week, "income less spending, and the change in savings", income - int(ledger[Entry.SPENT]),
          int(ledger[Entry.SAVED]))
    savings = int(np.sum(state.crew.savings, dtype=np.int64))
    _same(state.week, "savings, and those of the start with what was put aside since", savings,
          state.first_savings + int(ledger[Entry.ENDOWED] + ledger[Entry.SAVED]))


def close_public(state: State) -> None:
    """Check after every week what the public pays and takes in against the other side.

    What is left of the credit's cap is what there was and accrued, less what titles were allotted; the levy that
    titles paid is the levy that the public got; no part is larger than its whole. Equation 63.
    """
    ledger = state.ledger
    _same(state.week, "what is left of the credit's cap, and what accrued less what titles were allotted",
          int(state.credit_purse[0]), state.first_credit + state.credit_accrued - int(ledger[Entry.CREDIT]))
    _same(state.week, "cents of the levy, paid by titles and received", state.levied, int(ledger[Entry.LEVY]))
    for what, part, whole in _PARTS:
        _within(state.week, what, int(ledger[part]), int(ledger[whole]))


def _same(week: int, what: str, one: int, other: int) -> None:
    if one != other:
        raise AccountsDoNotClose(f"Week {week}: {what} differ: {one:,} and {other:,}. This is an error in the "
                                 "model; please report it with the scenario and the seed.")


def _within(week: int, what: str, part: int, whole: int) -> None:
    if part > whole:
        raise AccountsDoNotClose(f"Week {week}: {what}: the part, {part:,}, is larger than the whole, {whole:,}. This "
                                 "is an error in the model; please report it with the scenario and the seed.")


def open_money(state: State) -> None:
    """Start the running ledger of money and time afresh, everyone being settled."""
    state.ledger[:] = 0
    state.tell(payroll=0, crew_days=0, first_savings=int(np.sum(state.crew.savings, dtype=np.int64)),
               first_credit=int(state.credit_purse[0]), credit_accrued=0, levied=0)
