"""What people wrote: scrubbed, shuffled, moderated, and released at most once per wave."""
