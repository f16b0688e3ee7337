"""The one-machine stack: PostgreSQL, Redis, web, worker and beat under one supervisor (`caseflow up`).

A section without a server runs caseflow on one laptop with one command. All data is in one folder (`CASEFLOW_HOME`);
the servers listen on private unix sockets, and one Ctrl-C stops everything.
"""
