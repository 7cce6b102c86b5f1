"""Pages of the self-audit and its report."""
