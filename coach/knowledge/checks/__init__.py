"""What the linter asks of content beyond its shape: small functions, each over the whole corpus."""
