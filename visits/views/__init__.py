"""Pages about visits."""
