"""The synthetic partnership on the site. Every room fills its own part through the same steps that people take."""
