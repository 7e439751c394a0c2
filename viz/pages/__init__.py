"""The pages of the app, each from its state to a fragment."""
