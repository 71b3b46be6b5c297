"""Who is left alone: shown with the proof, lifted with a reason, blocked again."""
