"""From typed formulas to numbers: where events lie, SQL over them, and values with their intervals."""
