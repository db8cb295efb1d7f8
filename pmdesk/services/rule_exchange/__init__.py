"""Rules out of the office and into it: as DMN files for other tools, and as workbooks."""
