"""What leaves the application: mail, jobs for the queue. Small protocols, a real and a local implementation each."""
