"""the house's hours and limits, the team, one's own profile, the audit log"""
