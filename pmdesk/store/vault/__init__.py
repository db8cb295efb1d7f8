"""The encrypted office as a folder: keys, header, files, sign-in."""
