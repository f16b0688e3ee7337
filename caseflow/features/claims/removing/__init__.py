"""Removing a claim that was logged by mistake."""
