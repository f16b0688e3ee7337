"""What every test stands on: the closed network, servers, the page client. `tests/factories` fills databases."""

pytest_plugins = ["tests.network", "tests.servers", "tests.pages"]
