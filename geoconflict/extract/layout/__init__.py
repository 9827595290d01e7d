"""How a report is laid out: datelines, entries, lists, headings and capitals."""
