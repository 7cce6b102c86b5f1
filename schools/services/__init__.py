"""What people do with schools and the programme: one verb each, in one transaction with its history line."""
