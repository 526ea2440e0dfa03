"""Data, but for `packaging`, which makes the packages people download."""
