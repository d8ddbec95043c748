"""The learned tagger of attributions: the network, its windows, and spans out of its scores."""
