"""Which papers a query finds, and in what order."""
