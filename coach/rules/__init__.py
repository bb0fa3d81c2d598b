"""The closed set of rule kinds: a document and a rule in, evidence out."""
