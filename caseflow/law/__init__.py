"""The engine of the law: case facts and a date in, findings with citations out. It reads no clock and no database."""

from caseflow.law.dates import DateError, UncertainDate, add_months, add_years

__all__ = ["DateError", "UncertainDate", "add_months", "add_years"]
