"""The audit trail as auditors read it: who did what when, and never the contents of a case."""
