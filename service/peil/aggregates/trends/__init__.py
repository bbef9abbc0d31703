"""What a unit scored over many waves, and whether that goes up or down."""
