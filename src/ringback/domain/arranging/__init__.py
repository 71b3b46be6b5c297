"""The rules behind `arrange`, one module for each family of events."""
