"""The dashboard: cohorts, the board of schools by stage, and both as files."""

from tests.matrix.rows import Row

ROWS: dict[str, Row] = {
    # ----------------------------- out admin liais progr train head  coll  gov   other
    "GET dashboard": Row("           in  200   200   200   403   403   403   403   403"),
    "GET dashboard_csv": Row("       in  200   200   200   403   403   403   403   403"),
    "GET dashboard_excel": Row("     in  200   200   200   403   403   403   403   403"),
    "GET dashboard_board": Row("     in  200   200   200   403   403   403   403   403"),
    "GET dashboard_board_csv": Row(" in  200   200   200   403   403   403   403   403"),
    "GET dashboard_board_excel": Row("in 200   200   200   403   403   403   403   403"),
}
"""Who gets what, by method and name."""
