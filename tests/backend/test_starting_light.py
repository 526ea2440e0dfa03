"""What is seldom needed is loaded when it is needed, not at the start."""

import subprocess
import sys


def test_a_backend_that_has_asked_no_keyring_has_loaded_none() -> None:
    look = "import sys, backend.lifetime; print('keyring' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"
