"""Place names: which stretches of a text are some, and what each does in its sentence."""
