"""finding prospects, one prospect's page, and everything that can be done with them"""
