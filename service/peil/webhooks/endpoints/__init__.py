"""Where events are pushed to: of an employer, and of a vendor for all employers that let it act."""
