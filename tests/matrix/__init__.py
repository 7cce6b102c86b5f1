"""The permission matrix: every address with what each person of the cast gets there, one module a noun.

To add an address, add a row to the module of its noun: its method and name, what each person gets, and how to make
its arguments. A row's object belongs to the school of head, colleague and governor; what the head of another school
gets stands in the last column, and the three are sent to the other school's object too, where they must get the
same. "in" is a redirect to the sign-in page, "go" any other redirect. tests/test_permission_matrix.py walks it.
"""

from tests.matrix import (
    accounts,
    actions,
    audits,
    dashboard,
    families,
    feeds,
    people,
    pins,
    planner,
    programme,
    public,
    records,
    register,
    sharing,
    support,
    texts,
    themes,
    visits,
    workspaces,
)
from tests.matrix.rows import Row

_MODULES = (
    accounts,
    actions,
    audits,
    dashboard,
    families,
    feeds,
    people,
    pins,
    planner,
    programme,
    public,
    records,
    register,
    sharing,
    support,
    texts,
    themes,
    visits,
    workspaces,
)

MATRIX: dict[str, Row] = {key: row for module in _MODULES for key, row in module.ROWS.items()}
