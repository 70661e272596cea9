"""Data only: what a summary, an audience, a brief and a document are. Imports pydantic, and of ours only diagnostics."""
