"""From fonts and text to our own Tesseract model; `python -m training.run --help`."""
