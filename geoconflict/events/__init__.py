"""Event mentions and resolved places to events; many reports of one event become one event."""
