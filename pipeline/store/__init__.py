"""The register and the ledger: the only SQL."""

from pipeline.store.records import FINAL, IN_REGISTER, Entry, Place, RegisterRow, State, Stored
from pipeline.store.store import Store, open_store

__all__ = [
    "FINAL",
    "IN_REGISTER",
    "Entry",
    "Place",
    "RegisterRow",
    "State",
    "Store",
    "Stored",
    "open_store",
]
