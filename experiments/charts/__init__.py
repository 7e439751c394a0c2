"""Charts as Plotly describes them: plain data and layout, each with its table beside it on a page."""
