"""What is seldom needed is loaded when it is needed, not at the start."""

import subprocess
import sys


def test_a_backend_that_has_asked_no_keyring_has_loaded_none() -> None:
    look = "import sys, backend.lifetime; print('keyring' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"


def test_what_its_libraries_load_for_clients_and_colours_is_spared_and_still_to_be_had() -> None:
    look = (
        "import sys\n"
        "from backend.__main__ import load\n"
        "load()\n"
        "spared = ('aiohttp', 'pygments', 'requests', 'rich', 'urllib3', 'websocket')\n"
        "print([name for name in spared if name in sys.modules], 'socketio' in sys.modules)\n"
        "import apprise, requests\n"
        "print(apprise.Apprise().add('json://example.com/'))\n"
    )
    ran = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines() == ["[] True", "True"]
