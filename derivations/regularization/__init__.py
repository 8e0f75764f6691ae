"""Regularisers of linear regression: what noise on the inputs and a penalty do to the weights."""
