"""Tiered, escalating daily huddles for hospitals, in a terminal."""

__version__ = "0.1.0"
