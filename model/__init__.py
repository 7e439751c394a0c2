"""The model: an economy of crew workers, studios and productions, one week at a time."""
