"""What an operator and a privacy officer can have checked: `peil check` and `peil check anonymity`."""
