"""The guard."""

from core.guard.finding import find
from core.guard.marks import Kind, Mark

__all__ = ["Kind", "Mark", "find"]
