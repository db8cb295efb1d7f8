"""The static checks of a table, one kind of finding in each module; `check.check` has them all."""
