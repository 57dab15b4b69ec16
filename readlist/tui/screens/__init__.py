"""Screens and dialogs: each knows papers and Textual, nothing else."""
