"""Who fought: belligerents, commanders, units, and how the two columns of a copy are told apart."""
