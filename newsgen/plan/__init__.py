"""Units to pages."""

from newsgen.plan.registry import addresses, plan
from newsgen.plan.scope import Scope, site

__all__ = ["Scope", "addresses", "plan", "site"]
