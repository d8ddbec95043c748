"""Bytes → Article: text, HTML, PDF and JSON Lines, with headline, date, credits and parts."""
