"""Readings → a graph that answers: who says so, how do they know, who disputes it."""
