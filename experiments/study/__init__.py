"""A question put to many runs: how it is asked, which runs it takes, and what they answer."""
