"""The editor's rules."""
