"""The rules as data (*.yaml), and what must be known of them before any is followed: their thresholds."""
