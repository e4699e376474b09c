"""How well search finds: questions with their right answers."""
