"""What a person starts: the command, the app's server, a Neo4j server of one's own."""
