"""The parts that one API process is made of, joined once at the start."""

from typing import TYPE_CHECKING

import msgspec

from peil.access.authentication import Authentication
from peil.access.tokens import TokenKeys
from peil.database import Database
from peil.keys.issuing_keys import IssuingKeys
from peil.outbound import Outbound
from peil.paging import Cursors
from peil.settings import Settings

if TYPE_CHECKING:
    from peil.aggregates.charts.drawings import Drawings
    from peil.aggregates.shelf import Shelf


class Parts(msgspec.Struct, frozen=True, kw_only=True):
    """What operations may use beside their transaction."""

    settings: Settings
    database: Database
    moderation: Database
    """The pool of the one role that may read comments."""
    authentication: Authentication
    token_keys: TokenKeys
    issuing: IssuingKeys
    outbound: Outbound
    cursors: Cursors
    shelf: "Shelf"
    drawings: "Drawings"
