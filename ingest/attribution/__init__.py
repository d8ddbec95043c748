"""Doc → who says what: a generator a construction, joined with what the tagger found, and who relayed it."""
