"""Whether somebody is still at the computer: idle time, the system's own lock, sleep."""
