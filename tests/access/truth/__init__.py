"""Who may do what, written a second time from the roles' prose and the law, and compared with what the code does."""
