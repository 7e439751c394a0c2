"""Forecasts of the published series, simple ones to stand beside the model's, and how good they were."""
