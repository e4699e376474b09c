"""The framework's own two databases, with one thing more: they say so when something that visitors see has changed."""
