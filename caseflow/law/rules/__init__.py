"""The rules, one module each. A rule takes a `Case` and gives findings; its docstring has provision, reading, sources."""
