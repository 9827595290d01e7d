"""What may tell of an event: the lexicon of triggers, and questions about the trees that they stand in."""
