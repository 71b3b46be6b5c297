"""Mail servers and providers: composing, handing over, reading; each failure in one small vocabulary."""
