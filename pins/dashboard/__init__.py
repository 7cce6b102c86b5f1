"""The dashboard of cohorts: what the forum and the programme leads see of all schools at once."""
