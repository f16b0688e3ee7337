"""How fast caseflow is, compared with a bare application: `make bench N=100000`. How to read it: docs/benchmarks.md."""
