"""Where the cases of a section, or those that a coalition coordinator sees, stand: clocks by week, what is nearly ready, stuck, waits for whom."""
