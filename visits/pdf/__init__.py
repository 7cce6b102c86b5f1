"""What visits put on paper."""
