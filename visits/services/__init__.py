"""What people do with visits; each is one transaction with one line of history."""
