"""Small parts of pages: source tips, shortcuts, links."""
