"""The probes: they ask a target once and bring back what came, or how it failed."""
