"""The benchmark's figures and its page; scripts/bench is the command."""
