"""The dashboard of cohorts."""
