"""The list of cases: filters, order, and what each row shows."""
