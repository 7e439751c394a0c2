"""What the pages of the app show, as pieces of HTML: pure Python, so that a page can be tested without a browser."""
