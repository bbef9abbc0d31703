"""What people are written about a wave: invitations, reminders and thanks; who wants none."""
