"""What every test stands on: servers, the closed network, people with accounts, the page client. `tests/factories` fills databases."""

pytest_plugins = ["tests.network", "tests.servers", "tests.people", "tests.pages"]
