"""Files that are sent in parts: what has arrived is kept, and a broken line costs one part."""
