"""One file a job: read, think, write. Services do not import each other."""
