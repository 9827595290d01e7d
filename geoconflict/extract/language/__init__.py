"""The language model behind small records, and what its parser misreads, mended."""
