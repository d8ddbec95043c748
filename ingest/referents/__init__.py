"""Doc → mentions → referents: names, their kinds, chains, and whom a description means."""
