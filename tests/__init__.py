"""Tests mirror the code: tests/features/cases/test_service.py tries caseflow/features/cases/service.py."""
