"""SQL and nothing else: plain functions, connection first, that never commit."""
