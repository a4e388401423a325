"""Sheets of people: what a row says, and what loading it would change."""
