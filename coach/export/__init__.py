"""What leaves the program: one module a format, templates beside them."""
