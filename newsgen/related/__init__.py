"""related."""
