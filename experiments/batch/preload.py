"""Imported once by the process that others are forked from, so that each finds the model in place."""

from experiments.batch.execute import prepare_worker

prepare_worker()

import experiments.answer.two_accounts  # noqa: E402, F401
import experiments.claims.measures.stages  # noqa: E402, F401
import experiments.runners.claims  # noqa: E402, F401
import experiments.runners.worlds  # noqa: E402, F401
import model.simulate  # noqa: E402, F401
