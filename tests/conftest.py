"""What every test stands on. The servers and their fixtures are in `tests/servers.py`, the closed network in `tests/network.py`, people in `tests/people.py`."""

pytest_plugins = ["tests.network", "tests.servers", "tests.people"]
