"""Settings every test shares: a Qt platform where there is no screen."""

import os

if not os.environ.get("DISPLAY"):
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
