"""The components of the public side, by what they are for.

Importing a module registers its components; ``{% component "name" %}`` draws one.
"""

from werkplaats.site.components import (  # noqa: F401
    account,
    actions,
    cards,
    charts,
    filters,
    form_parts,
    lists,
    maps,
    network,
    notices,
    pages,
    questions,
    trails,
)
