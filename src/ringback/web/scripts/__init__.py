"""Scripts: call maps drawn, edited, compared, rehearsed, and said in one's own words."""
