"""Measures the product beside frozen baselines; README.md says how to run it and how to read it."""
