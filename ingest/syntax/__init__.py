"""Article → Doc: the only place that loads spaCy, with quotations and trees."""
