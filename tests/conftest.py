"""What every test stands on. The servers and their fixtures are in `tests/servers.py`, the closed network in `tests/network.py`."""

pytest_plugins = ["tests.network", "tests.servers"]
