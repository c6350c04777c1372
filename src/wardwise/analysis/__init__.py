"""One module for each question. Each answers with `Findings`: tables whose columns have roles, and sentences that point at cells."""
