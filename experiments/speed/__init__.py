"""How fast a week is, and figures that take long to measure."""
