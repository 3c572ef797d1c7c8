"""Packaged integer networks as floats again, so that training can go on from them.

`lstmtraining` refuses integer models. But each row of a weight matrix is stored as int8 with its scale, and
int8 times scale is the float weight, near enough to read the same and good enough to train from.
File layout: Tesseract's networkio, network, weightmatrix and lstmrecognizer serialisation.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

import numpy as np

from pipeline.errors import ToolError

_INT8, _ADAM, _DOUBLE = 1, 4, 128  # bits of a matrix's mode
_LAYER_RATES = 64  # flag of a network: learning rates follow its layers
_TYPES = (
    "Invalid", "Input", "Convolve", "Maxpool", "Parallel", "Replicated", "ParBidiLSTM", "DepParUDLSTM",
    "Par2dLSTM", "Series", "Reconfig", "RTLReversed", "TTBReversed", "XYTranspose", "LSTM", "SummLSTM",
    "Logistic", "LinLogistic", "LinTanh", "Tanh", "Relu", "Linear", "Softmax", "SoftmaxNoCTC",
    "LSTMSoftmax", "LSTMBinarySoftmax",
)  # fmt: skip
_STACKS = frozenset(
    (
        "Series",
        "Parallel",
        "Replicated",
        "ParBidiLSTM",
        "DepParUDLSTM",
        "Par2dLSTM",
        "RTLReversed",
        "TTBReversed",
        "XYTranspose",
    )
)
_PLAIN = {"Input": 20, "Convolve": 8, "Maxpool": 8, "Reconfig": 8}  # bytes of layers without weights
_LSTMS = frozenset(("LSTM", "SummLSTM", "LSTMSoftmax", "LSTMBinarySoftmax"))
_GATES = 5  # weight matrices of an LSTM; the last only when it is two-dimensional


@dataclass
class Copy:
    """Reads a file from its start, and what it reads goes into a copy unless told otherwise."""

    data: bytes
    place: int = 0
    out: bytearray = field(default_factory=bytearray)

    def take(self, count: int, keep: bool = True) -> bytes:
        """The next bytes."""
        piece = self.data[self.place : self.place + count]
        if len(piece) != count:
            raise ToolError("The network's file ends too early: is it an .lstm file of Tesseract 4 or 5?")
        self.place += count
        if keep:
            self.out += piece
        return piece

    def int32(self, keep: bool = True) -> int:
        """The next number."""
        return int.from_bytes(self.take(4, keep), "little", signed=True)

    def text(self) -> str:
        """The next string, its length before it."""
        return self.take(self.int32()).decode("utf-8", "replace")

    def matrix(self) -> tuple[int, int]:
        """The next weight matrix, turned to floats; its two sizes."""
        return matrix_to_floats(self)


@dataclass
class Places(Copy):
    """Reads a file whose weights are floats, and notes where they stand: first byte and count of each matrix."""

    found: list[tuple[int, int]] = field(default_factory=list)

    def matrix(self) -> tuple[int, int]:
        """The next weight matrix, passed over; its two sizes."""
        if self.take(1)[0] & _INT8:
            raise ToolError("The network's weights are integers.")
        rows, columns = self.int32(), self.int32()
        self.take(8)  # the matrix's empty element
        self.found.append((self.place, rows * columns))
        self.take(8 * rows * columns)
        return rows, columns


def weights_of(lstm: bytes) -> list[tuple[int, int]]:
    """Where the weights of an `.lstm` component of floats stand: the first byte of each matrix, and how many it has."""
    places = Places(lstm)
    _layer(places)
    return places.found


def network_to_floats(lstm: bytes) -> bytes:
    """An `.lstm` component with integer weights as one with floats, for `lstmtraining --continue_from`."""
    copy = Copy(lstm)
    _layer(copy)
    copy.text()  # the network's description
    flags = copy.int32(keep=False)
    copy.out += struct.pack("<i", flags & ~_INT8)
    copy.out += copy.data[copy.place :]
    return bytes(copy.out)


def _layer(copy: Copy) -> None:
    """One layer and those inside it."""
    number = struct.unpack("b", copy.take(1))[0]
    kind = copy.text() if number == 0 else _TYPES[number] if number < len(_TYPES) else ""
    copy.take(1, keep=False)
    copy.out += b"\0"  # not in training: the trainer turns it on itself
    copy.take(1)
    flags, inputs, _outputs, _weights = (copy.int32() for _ in range(4))
    copy.text()  # the layer's name
    if kind in _PLAIN:
        copy.take(_PLAIN[kind])
    elif kind in _STACKS:
        for _ in range(copy.int32()):
            _layer(copy)
        if flags & _LAYER_RATES:
            copy.take(4 * copy.int32())
    elif kind in _LSTMS:
        _lstm(copy, inputs)
    elif kind:
        copy.matrix()
    else:
        raise ToolError(f"The network has a layer of an unknown type ({number}).")


def _lstm(copy: Copy, inputs: int) -> None:
    """The gates of an LSTM layer."""
    gate_inputs = copy.int32()
    states, _ = copy.matrix()
    two_dimensional = gate_inputs == inputs + 2 * states
    for _ in range(_GATES - 1 if two_dimensional else _GATES - 2):
        copy.matrix()


def matrix_to_floats(copy: Copy) -> tuple[int, int]:
    """One int8 weight matrix as a matrix of doubles; its two sizes."""
    mode = copy.take(1, keep=False)[0]
    if not mode & _INT8:
        raise ToolError("The network's weights are floats already.")
    rows, columns = copy.int32(keep=False), copy.int32(keep=False)
    copy.take(1, keep=False)  # the matrix's empty element
    whole = np.frombuffer(copy.take(rows * columns, keep=False), np.int8).reshape(rows, columns)
    count = copy.int32(keep=False)
    width, form = (8, "<f8") if mode & _DOUBLE else (4, "<f4")
    scales = np.frombuffer(copy.take(width * count, keep=False), form).astype("<f8")
    weights = whole.astype("<f8") * scales[:rows, None]
    copy.out += (
        bytes([_DOUBLE | (mode & _ADAM)]) + struct.pack("<iid", rows, columns, 0.0) + weights.tobytes()
    )
    return rows, columns
