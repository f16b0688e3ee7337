"""`python -m caseflow.cli`: the same as `caseflow`, without an installed script."""

from caseflow.cli import main

if __name__ == "__main__":
    main(prog_name="caseflow")
