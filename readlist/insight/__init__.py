"""What papers tell of each other."""
