"""Which States accepted which other treaties: data that open or close routes, imported and corrected by administrators."""
