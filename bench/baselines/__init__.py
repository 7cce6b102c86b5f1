"""What the product is measured against. Frozen: a change here makes every earlier ratio mean something else."""
