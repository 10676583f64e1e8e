"""Many departments: found by their parameter files, run side by side, each reported by itself."""
