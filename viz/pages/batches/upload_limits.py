"""How much of an answer is read: from a visitor, and from the server's own folder."""

MOST_BYTES = 8 << 20  # of a visitor
MOST_OWN_BYTES = 32 << 20  # of the server's own folder
MOST_DEPTH = 20
MOST_VALUES = 2_000_000
LONGEST_TEXT = 20_000
