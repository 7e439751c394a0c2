"""The browser app, where recordings are played and compared."""
