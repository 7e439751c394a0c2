"""The browser app, where recordings are played and compared; it comes with a later version."""
