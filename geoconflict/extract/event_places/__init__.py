"""Which of the places of a report are those of a predicate."""
