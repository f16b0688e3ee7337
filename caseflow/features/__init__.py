"""What people do. Each feature folder has the same rooms: commands, queries, service, forms, views."""
