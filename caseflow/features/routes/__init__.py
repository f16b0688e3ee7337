"""Which international bodies could examine a case, until when, and which filings exclude others."""
