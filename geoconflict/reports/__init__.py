"""Input formats: files and folders to Report records."""
