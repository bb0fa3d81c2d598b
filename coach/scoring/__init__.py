"""From rules that fired to levels, a verdict and advice."""
