"""the first visitor of an empty installation"""
