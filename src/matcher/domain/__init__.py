"""What there is: frozen dataclasses that import only the standard library. Unknown is None, never a guess."""
