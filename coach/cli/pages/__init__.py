"""What `coach show`, `score` and `history` print: one module a kind of thing."""
