"""A small convolutional reader of lines, trained with PyTorch and run with ONNX Runtime; see training/README.md."""
