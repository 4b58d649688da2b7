"""The pictures of a result file; scripts/plot.py is the command."""
