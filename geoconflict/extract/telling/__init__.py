"""Whether the text says that an event happened, and on whose word."""
