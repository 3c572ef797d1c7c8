"""The register and the ledger: the only SQL."""

from pipeline.store.accounts import Account, Accounts, Failures, Role, SignedIn, Token
from pipeline.store.contests import Answer, Contest, Contests
from pipeline.store.contests import Entry as Submission
from pipeline.store.deadlines import DueRow
from pipeline.store.desk import Change, StoredLetter
from pipeline.store.figures import Count, Statistics
from pipeline.store.find import Hit, SearchPage
from pipeline.store.kin import Kin, Naming, ReferenceHit
from pipeline.store.log import MACHINE, Chain, Fault, LogEntry
from pipeline.store.proofs import Tally
from pipeline.store.query import Piece, Query, parse_query
from pipeline.store.records import (
    FINAL,
    IN_REGISTER,
    Entry,
    Place,
    RegisterRow,
    RowFilter,
    RowPage,
    Sort,
    State,
    Stored,
)
from pipeline.store.store import Store, open_store

__all__ = [
    "FINAL",
    "IN_REGISTER",
    "MACHINE",
    "Account",
    "Accounts",
    "Answer",
    "Chain",
    "Change",
    "Contest",
    "Contests",
    "Count",
    "DueRow",
    "Entry",
    "Failures",
    "Fault",
    "Hit",
    "Kin",
    "LogEntry",
    "Naming",
    "Piece",
    "Place",
    "Query",
    "ReferenceHit",
    "RegisterRow",
    "Role",
    "RowFilter",
    "RowPage",
    "SearchPage",
    "SignedIn",
    "Sort",
    "State",
    "Statistics",
    "Store",
    "Stored",
    "StoredLetter",
    "Submission",
    "Tally",
    "Token",
    "open_store",
    "parse_query",
]
