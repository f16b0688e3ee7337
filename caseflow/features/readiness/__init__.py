"""Is the case ready for a communication to the Committee? Facts for the law engine, its findings, the clocks."""
