"""The rules grid: its model, its undo, its cell pickers."""
