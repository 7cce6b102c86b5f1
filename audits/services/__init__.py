"""What can be done with an audit: named verbs, one transaction and one history line each."""
