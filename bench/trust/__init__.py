"""How far the checker can be believed: what it says of honest texts, and which mistakes it finds."""
