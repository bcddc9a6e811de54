"""Matches overseas startups with UK partners, with a reason for each pair."""

__version__ = "0.1.0"
