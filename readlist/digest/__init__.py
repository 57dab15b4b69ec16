"""What came, ranked for its user: printed, or mailed once."""
