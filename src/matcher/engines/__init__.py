"""One file a library: what speaks to FAISS, sentence-transformers and spreadsheets. Engines do not import each other."""
