"""The layouts of the store that this program knows, oldest first; a test holds them against `migrations/versions`."""

KNOWN = ("0001", "0002", "0003")
HEAD = KNOWN[-1]
