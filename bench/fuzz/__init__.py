"""`make fuzz`: files that nobody would write, and what becomes of them: a finding or a brief, never a traceback or a hang."""
