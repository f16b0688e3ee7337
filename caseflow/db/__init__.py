"""The database: base class, column types, engine, row security, migrations. Models build on it."""
