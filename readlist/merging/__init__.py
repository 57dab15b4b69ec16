"""Which papers are the same, and what becomes of them as one."""
