"""Parts of an answer, each from the results of some cases to plain JSON."""
