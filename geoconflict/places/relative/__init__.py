"""Places that a phrase makes of the place that its name means: "10 km north of X", "between X and Y", borders, corridors."""
