"""What is wrong, where, and the cure: diagnostics, their codes, and the forms in which they are told. Knows no other room."""
