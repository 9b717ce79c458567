"""What is measured on: made, or found on the machine, while the benchmark runs."""
