"""Small parts, named after what they show."""
