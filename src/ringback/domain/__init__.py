"""Pure rules over frozen values; `now` is always an argument."""
