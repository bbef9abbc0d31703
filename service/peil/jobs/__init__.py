"""What the worker does when it is due: joins the slices, one file per job."""
