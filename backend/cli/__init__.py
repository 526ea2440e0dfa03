"""The commands of ``vigil-backend`` beside serving; called by the entry point, wired here."""
