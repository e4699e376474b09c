"""Stories that cross apps: functions only."""
