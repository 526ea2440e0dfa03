"""Which version of Vigil this is; told by the ready line, by health, and by the packages."""

VERSION = "0.1.0"
