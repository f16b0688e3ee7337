"""What leaves the application: mails, jobs for the queue, files with tables."""
