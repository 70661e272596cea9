"""Somebody else's Word file as the ground of a brief: opened, cleaned, completed, and compared with what the PDF shows."""
