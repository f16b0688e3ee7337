"""The public contact of a section: how strangers reach it first, shown only while the section wants it."""
