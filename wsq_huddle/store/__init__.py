"""The log and the tables made from it: on SQLite for a node, on PostgreSQL for a hub that outgrew one machine."""
