"""What to say, as graphs: call maps and conversation trees read, checked, drawn, walked and rehearsed (A10–A12)."""
