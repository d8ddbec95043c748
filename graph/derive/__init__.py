"""Recorded → derived: entities, copies, claims and their links, origins, statuses."""
