"""Bytes to papers and back: one file a format."""
