"""How the tables of a store came to be what they are, one numbered step after the other."""
