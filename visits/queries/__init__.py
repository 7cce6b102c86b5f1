"""Questions about visits, each answered in a fixed number of queries."""
