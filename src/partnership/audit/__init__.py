"""What was done, by whom and why: a chain of events that can be added to and never changed."""
