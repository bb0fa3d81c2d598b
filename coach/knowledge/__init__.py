"""What is known: entries read from YAML, checked, laid over one another, compiled, and looked up by id."""
