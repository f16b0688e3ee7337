"""Sign in and out, sessions on the server, users and their memberships."""
