"""Whether a case is ready for a communication to the Committee: facts for the law engine, its findings, the clocks."""
