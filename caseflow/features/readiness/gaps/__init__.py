"""The gaps of readiness, by a key that stays while their facts change."""
