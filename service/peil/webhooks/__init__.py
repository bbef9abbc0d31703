"""Events for integrators: the pull feed."""
