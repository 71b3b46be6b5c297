"""One keyword-only function per thing that can happen; the only writer."""
