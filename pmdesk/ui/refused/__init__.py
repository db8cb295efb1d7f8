"""What this program does not collect, and what was collected by mistake, on the screen."""
