"""Speed and scale, measured beside what others make: see README.md."""
