"""The year folder and its files: settings, roster, safe reading and writing."""
