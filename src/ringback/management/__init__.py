"""the commands"""
