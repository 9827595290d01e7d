"""Predicates with their places, days, figures and actors, as event mentions."""
