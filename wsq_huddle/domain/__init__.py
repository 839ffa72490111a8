"""The rules of the huddle: pure values and functions; no files, no network, no clock, standard library only."""
