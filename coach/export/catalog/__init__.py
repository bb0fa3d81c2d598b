"""The metric catalog in other systems' formats: one module a target."""
