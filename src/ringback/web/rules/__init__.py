"""The rules by their ids, each in one sentence: what the small badges stand for."""
