"""Decisions of the Committee: the library of decided communications and of what was held on each rule."""
