"""Whole journeys in a real Chromium, against the product as `bin/run` starts it: web server, worker and beat."""
