"""What the public asks of feedback: sending it, and reading what the city answered."""
