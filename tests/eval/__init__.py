"""How good lists of related stories are: `python -m tests.eval` (make eval)."""
