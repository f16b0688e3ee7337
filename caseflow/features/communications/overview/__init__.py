"""The letters of many cases: which wait for whom, and in which cases interim measures are in force."""
