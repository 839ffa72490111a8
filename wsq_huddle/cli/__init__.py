"""The command line: puts the parts together. What the screens can do, it can do through the same services."""
