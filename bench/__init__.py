"""How fast caseflow is, and beside what: `make bench N=100000`. What is measured, and how to read it: docs/benchmarks.md."""
