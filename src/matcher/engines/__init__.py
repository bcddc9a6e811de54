"""One file a library: FAISS, sentence-transformers, spreadsheets. Engines do not import each other."""
