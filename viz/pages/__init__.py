"""Pages of the app as pieces of HTML: pure functions of digests and a view, which know no server."""
