"""Files for the machine a server runs on: a unit of systemd, and nginx in front."""
