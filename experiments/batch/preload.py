"""Imported once by the process that others are forked from, so that each finds the model in place."""

from experiments.batch.execute import prepare_worker

prepare_worker()

import model.simulate  # noqa: E402, F401
