"""What can go wrong with a graph.

GraphError
├── StoreError
│   ├── StoreUnreachable    no server, no file, a wrong password
│   ├── StoreForeign        a database with something in it that is not ours
│   ├── StoreTooNew         written by a later version of On Record
│   ├── StoreOutdated       derived by other rules than these
│   ├── StoreBusy           another writer holds it for too long
│   │   └── StoreMoved      written to between two statements of one answer
│   └── EndMissing          an edge to a node that is not there
├── NotFound                an id or name that is not in the dossier
├── NameAmbiguous           a name that several entities bear
└── ServerFailed            the local Neo4j server did not start or stopped
"""

from __future__ import annotations


class GraphError(Exception):
    """Anything the graph refuses; the message says what to do."""


class StoreError(GraphError):
    """The store cannot be opened, read or written."""


class StoreUnreachable(StoreError):
    """There is no server, no file, or the password is wrong."""


class StoreForeign(StoreError):
    """The database holds something that On Record did not write."""


class StoreTooNew(StoreError):
    """A later version of On Record wrote this store."""


class StoreOutdated(StoreError):
    """Other rules than these derived what is stored."""


class StoreBusy(StoreError):
    """Another writer holds the store for too long."""


class StoreMoved(StoreBusy):
    """It was written to between two statements of one answer, which would mix two states: ask again."""


class EndMissing(StoreError):
    """An edge leads to a node that is not there."""


class NotFound(GraphError):
    """No such id or name in this dossier."""


class NameAmbiguous(GraphError):
    """Several entities bear this name; ask by id."""


class ServerFailed(GraphError):
    """The local Neo4j server did not start, or stopped."""
