"""The partnership's own site: boards, plan, scorecard, casework."""
