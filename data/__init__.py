"""What comes in and is kept: contracts, intake, the store, the plan's clauses."""
