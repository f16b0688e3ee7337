"""The rules computed a second time, naively: over the raw document, with the days of a vague date taken one by one.

Written from `case_facts.md`, `op_icescr.md` and `docs/law/decisions.md`, not from the engine; it imports nothing of
`caseflow.law` and reads only the packaged data. Where both say the same on many documents, either both are right or two
people misread the same sentence. An answer is a text: `met`, `unknown`, `arguable:LEANING` or `not_met:CURE`.

`python -m tests.law.oracle --count 200000 --seed 1` compares; `make oracle N=… SEED=…` does it on both cores.
"""
