"""What is added by hand: files, pasted text, ids and links, looked at before it is taken."""
