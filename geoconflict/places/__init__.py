"""Toponym mentions to places: gazetteer, cache, online services, resolution."""
