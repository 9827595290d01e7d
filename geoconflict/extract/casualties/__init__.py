"""Numbers of people killed, wounded, captured, missing and displaced."""
