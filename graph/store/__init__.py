"""Where nodes and edges are kept: the contract and its three databases, SQLite, Neo4j and memory."""
