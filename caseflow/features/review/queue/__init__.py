"""The queue of reviews: the cases on their way to the filing, what each lacks, and what waits for the person."""
