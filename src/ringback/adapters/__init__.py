"""The outside world: one folder a vendor, a small vocabulary of failures, a fake beside each real one."""
