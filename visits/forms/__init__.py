"""What people send about visits."""
