"""The data keys: what is sealed with an older one is sealed again with the current one."""
