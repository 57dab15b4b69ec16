"""New papers by themselves: feeds are fetched, judged by the user's rules, and taken in."""
