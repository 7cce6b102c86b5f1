"""Questions about schools and the programme, each answered in a fixed number of queries."""
