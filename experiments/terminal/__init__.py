"""What a person at a terminal sees, whatever the terminal."""
