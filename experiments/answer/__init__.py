"""What came of a run: differences between worlds, the two accounts, who gains and who loses; and in words."""
