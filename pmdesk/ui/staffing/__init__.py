"""Forecast, rosters and rounds on the screen."""
