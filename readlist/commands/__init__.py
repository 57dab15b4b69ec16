"""The command line: one file a family of verbs. No verb imports Textual."""

DONE, NOT_ALL_DONE, WRONG_USAGE, NO_LIBRARY, INTERRUPTED = 0, 1, 2, 3, 130
"""The exit codes."""
