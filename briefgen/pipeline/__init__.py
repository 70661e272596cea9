"""The stages in their order: a source is checked, compiled for an audience, fitted to its pages, and written."""
