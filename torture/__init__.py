"""What happens when things break: real processes, a real database, real mail. See README.md."""
