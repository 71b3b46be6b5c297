"""cadences drawn, edited, versioned and rehearsed"""
