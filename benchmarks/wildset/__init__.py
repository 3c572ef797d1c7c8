"""Pages of another making: drawn by a browser and worn by somebody else's library, with their truth."""
