"""The background jobs: Celery, its beat, and one short task per job. What is due is stored in tables."""
