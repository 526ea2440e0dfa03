"""The demonstration: endpoints worth watching, and the targets they watch, all on loopback."""
