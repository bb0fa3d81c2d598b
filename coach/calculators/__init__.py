"""Small pure functions with their limits: what a plan needs worked out before the first number is read."""
