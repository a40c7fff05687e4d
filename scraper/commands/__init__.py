"""The commands of `sanspub`, one module each, loaded when asked for."""
