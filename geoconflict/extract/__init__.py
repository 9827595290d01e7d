"""Report to mentions, dates and event mentions: pure functions of the text and its publication date."""
