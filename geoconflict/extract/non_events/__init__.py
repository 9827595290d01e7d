"""What has the words of a conflict event and is none."""
