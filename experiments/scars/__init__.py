"""What losing work does to the same person, told by a second world in which it was not lost."""
