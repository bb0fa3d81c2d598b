"""What is known: metrics, archetypes, cases, frameworks and rubrics, read from YAML and checked."""
