"""Outlines of districts, from a file to rows; the map of the public list is drawn from them."""
