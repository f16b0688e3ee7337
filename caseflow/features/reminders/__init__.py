"""How people are told of what is due: digests, mails, the list in the application, and whether it all works."""
