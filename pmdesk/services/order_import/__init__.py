"""Past work orders from a sheet of another program."""
