"""The columns of the board, in order. An organ adds its own here and touches no other."""

from pins.dashboard.audits import ANSWERING, REPORT, REVIEW
from pins.dashboard.column import Column
from pins.dashboard.visits import VISIT_COLUMNS

COLUMNS: tuple[Column, ...] = (ANSWERING, REVIEW, *VISIT_COLUMNS, REPORT)
BY_KEY = {column.key: column for column in COLUMNS}
