"""PDFs of papers, fetched into the user's folder."""
