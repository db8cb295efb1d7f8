"""Decision tables: cells, evaluation, checks and SQL; independent of property offices."""
