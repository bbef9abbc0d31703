"""The PSA part of the RI&E: the register of psychosocial risks."""
