"""Which State accepted which other treaty: data that open or close routes, loaded and mended by administrators."""
