"""Signing in and out, server-side sessions, users and their memberships."""
