"""Programs for the people who work on briefgen; nothing here is installed."""
