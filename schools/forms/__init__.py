"""What people may ask of the lists of schools, and write about them."""
