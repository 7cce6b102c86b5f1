"""Pages on which an administrator refreshes the schools from the national register."""
