"""A test oracle: the rules implemented a second time, naively, to be compared with the engine on random documents.

It works on the raw document and tries the days of a vague date one by one. It was written from the text of the Protocol and
the specification (its readings R1 to R14, and `docs/law/decisions.md` where these are silent), not from the engine, and reads
only the packaged data; `compare` alone imports `caseflow.law`. Its own answers are tested in `tests/law/test_oracle_readings.py`.
An answer is a text: `met`, `unknown`, `arguable:LEANING` or `not_met:CURE`.

`python -m tests.law.oracle --count 200000 --seed 1` or `make oracle N=200000 SEED=1` compares, in one process per core.
"""
