"""What papers lack, found at the services, shown, and filled in."""
