"""Time expressions as periods of days."""
