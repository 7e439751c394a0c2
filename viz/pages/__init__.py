"""The pages of the app, each a function from what was asked for to a piece of HTML."""
