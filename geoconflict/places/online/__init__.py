"""Online services: what is known of them, how they are asked, and what they answered, kept in a cache.

Knows single names, never reports: resolution stands beside this package, and :mod:`geoconflict.places.geocode` joins them.
"""
