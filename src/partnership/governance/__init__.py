"""The plan, the scorecard, recovery plans, duties and the partnership's registers."""
