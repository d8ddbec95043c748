"""Articles → readings: what each article says, who says it, and where in the text it stands."""
