"""One answer saved as it is given, against one upsert."""

from collections.abc import Iterator
from itertools import cycle
from urllib.parse import urlencode

from bench.measure import Result, Scale, Side, side_by_side
from bench.programme import programme_of
from bench.saving import AnswerSaver
from bench.server import bare, product, signed_in


def save_answer_upsert(scale: Scale) -> Iterator[Result]:
    """The product's saving beside a bare view that upserts the answer of a signed-in person."""
    programme = programme_of(scale.few)
    saver = AnswerSaver(signed_in(product(), programme), programme.audit)
    visitor = signed_in(bare(), programme)
    address = f"/upsert/{programme.audit.pk}/{saver.statement.pk + 1}/"
    ratings = cycle("1234")

    def upsert() -> None:
        form = {"answer": next(ratings), "evidence_note": "Seen in two classes on Monday."}
        answered = visitor.post(address, urlencode(form).encode())
        if answered.status != 200:
            raise RuntimeError(f"The bare view did not save: {answered.status}")

    yield side_by_side("save-answer/upsert", Side(saver.save), Side(upsert), aim=2.5, pace=scale.pace)


BENCHES = (save_answer_upsert,)
