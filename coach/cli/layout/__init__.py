"""Pages as data, and the two ways they are printed."""
