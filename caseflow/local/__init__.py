"""The one-machine stack: PostgreSQL, Redis, web, worker and beat under one supervisor (`caseflow up`).

A section without a server room runs caseflow on one laptop with one command. Everything it needs stands in one folder
(`CASEFLOW_HOME`), listens on private unix sockets, and stops with one Ctrl-C. What was tried and what bites:
`design/stack.md`, "The two commands".
"""
