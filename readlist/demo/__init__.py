"""The papers of `readlist demo`."""
