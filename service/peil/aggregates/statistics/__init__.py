"""What is computed beside a figure: pure, from protected values only."""
