"""The closed set of rule kinds, one module each: a document and a rule in, hits out.

`coach.rules.engine.compile_rule` turns a rule of the knowledge base into something that finds hits.
"""
