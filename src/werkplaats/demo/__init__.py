"""The demonstration: real facts of the network, and invented people marked as such. Nothing imports it."""
