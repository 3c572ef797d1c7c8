"""Documents to try, each with its truth; `samples/make.py` makes them."""
