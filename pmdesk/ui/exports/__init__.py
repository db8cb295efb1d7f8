"""The export guard as people meet it: purpose, request, waiting, decision."""
