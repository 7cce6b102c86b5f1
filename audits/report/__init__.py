"""The support report: what it says, how it is drawn, and how a worker builds it."""
