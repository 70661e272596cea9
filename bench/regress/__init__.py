"""One table of what must not get worse: trust, cases, readers, size, speed."""
