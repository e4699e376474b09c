import enum
from typing import Any, ClassVar

class TextChoices(enum.StrEnum):  # type: ignore[misc]  # members come with the subclasses
    def __new__(cls, value: str, label: Any = ...) -> TextChoices: ...
    label: Any
    choices: ClassVar[list[tuple[str, Any]]]
    labels: ClassVar[list[Any]]
    values: ClassVar[list[str]]

def __getattr__(name: str) -> Any: ...
