"""What a market looks like: stylized facts, read from runs over many seeds, and which mechanism carries each."""
