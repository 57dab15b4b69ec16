"""Parts of the main screen: each knows papers and Textual, nothing else."""
