"""The papers on disk, and the one way to change them."""
