# Django has no types of its own. Here stands the one thing mypy gets wrong without them:
# a member of TextChoices is text, not a pair. All else is Any, as when there were no stub.
from typing import Any

def __getattr__(name: str) -> Any: ...
