"""The documents: the reference is generated from the code, and what the guides say is run."""
