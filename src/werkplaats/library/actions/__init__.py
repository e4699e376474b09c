"""Keeping publications, their versions and files; and publishing them, which takes two."""

from werkplaats.library.actions.files import add_file, remove_file, save_file, withdraw_file
from werkplaats.library.actions.publications import delete_publication, save_publication
from werkplaats.library.actions.publishing import (
    ask_wider,
    bring_in,
    publish_publication,
    put_forward,
    send_back,
    withdraw_publication,
)
from werkplaats.library.actions.versions import add_version, remove_version, save_version

__all__ = [
    "add_file",
    "add_version",
    "ask_wider",
    "bring_in",
    "delete_publication",
    "publish_publication",
    "put_forward",
    "remove_file",
    "remove_version",
    "save_file",
    "save_publication",
    "save_version",
    "send_back",
    "withdraw_file",
    "withdraw_publication",
]
