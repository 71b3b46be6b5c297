"""The loop that performs the outbox; periodic jobs."""
