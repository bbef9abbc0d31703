"""After eight hundred people have answered in a known order, nothing on the server says who answered what."""

import pytest

from anonymity.conftest import PEOPLE, Crowd
from peil.checks.anonymity import orders

ORDERS = ("ctid", "dump")


@pytest.mark.parametrize("by", ORDERS)
def test_the_order_of_arrival_is_not_kept(crowd: Crowd, by: str) -> None:
    """Neither a dump nor the tables on disk show in which order the answers came."""
    found = orders.correlation(crowd.arrival, crowd.sealed[by])

    assert abs(found) < orders.LIMIT


@pytest.mark.parametrize("by", ORDERS)
@pytest.mark.parametrize("ledger", ["invitation", "person"])
def test_no_table_of_persons_zips_with_the_answers(crowd: Crowd, ledger: str, by: str) -> None:
    """Laid beside the sealed responses, row by row, no list of persons matches them."""
    found = orders.correlation(getattr(crowd, ledger)[by], crowd.sealed[by])

    assert abs(found) < orders.LIMIT


@pytest.mark.parametrize("ledger", ["invitation", "code"])
def test_transactions_link_no_ledger(crowd: Crowd, ledger: str) -> None:
    """The numbers of the transactions that wrote answers follow no order of the ledger."""
    found = [orders.correlation(getattr(crowd, ledger)[by], crowd.sealed["xmin"]) for by in ("ctid", "xmin", "dump")]

    assert max(map(abs, found)) < orders.LIMIT


@pytest.mark.parametrize("by", ORDERS)
def test_codes_stand_in_no_order_of_persons(crowd: Crowd, by: str) -> None:
    """Codes are written in the order of their hash, so that the ledger of persons does not name their owners."""
    by_hash = dict(sorted(crowd.code[by].items(), key=lambda item: item[1]))

    assert abs(orders.correlation(crowd.code[by], crowd.invitation[by])) < orders.LIMIT
    assert abs(orders.correlation(crowd.code[by], crowd.person[by])) < orders.LIMIT
    assert 2 * PEOPLE == len(by_hash)


def test_nothing_is_written_beside_an_answer(crowd: Crowd) -> None:
    """Between the first and the last answer no other table got a row: no ledger, audit, event or job."""
    assert [] == crowd.writers_beside


def test_envelopes_are_of_one_size(crowd: Crowd) -> None:
    """How much somebody answered does not show."""
    assert 1 == len(crowd.sizes)


def test_ids_near_answers_tell_no_time(crowd: Crowd) -> None:
    """Waves, keys and persons have random ids."""
    assert [] == crowd.telling_ids


def test_no_answer_on_disk(crowd: Crowd) -> None:
    """No file of the server, WAL included, holds what was sent, before the close and after it."""
    assert any(name.startswith("pg_wal/0") for name in crowd.files)
    assert [] == orders.texts_in(crowd.files, crowd.canaries)
    assert [] == orders.texts_in(crowd.files_after, crowd.canaries)


def test_no_comment_on_disk_before_the_close(crowd: Crowd) -> None:
    """While the wave is open no file of the server holds a word of a comment; after it the same search finds them."""
    found_after = orders.texts_in(crowd.files_after, crowd.comments)

    assert [] == orders.texts_in(crowd.files, crowd.comments)
    assert any(found.startswith("pg_wal/") for found in found_after)
    assert any(found.startswith("base/") for found in found_after)


def test_no_answer_in_a_dump_or_log(crowd: Crowd) -> None:
    """Neither a backup, nor the server's log, nor any logger of ours at its most talkative holds what was sent."""
    texts = {"dump": crowd.dump.encode(), "server": crowd.server_log, "python": crowd.python_log}

    assert [] == orders.texts_in(texts, [*crowd.canaries, *crowd.comments])
    assert 2 * PEOPLE == len(orders.dumped(crowd.dump, "intake.sealed", "envelope"))
    assert b"the crowd has answered" in crowd.python_log


def test_no_log_line_of_an_answer(crowd: Crowd) -> None:
    """While eight hundred answers come in, no line of any log names the wave or its employer: it would tell when."""
    ids = [str(id_).encode() for id_ in (crowd.asked.wave_id, crowd.asked.employer.employer_id)]

    assert [] == orders.texts_in({"server": crowd.server_log, "python": crowd.python_log}, ids)


def test_no_span_of_an_answer(crowd: Crowd) -> None:
    """The intake leaves no span at all; the API beside it does."""
    assert [] == crowd.spans_of_answers
    assert "get_wave" in crowd.spans_of_others


def test_the_close_leaves_no_row(crowd: Crowd) -> None:
    """Sealed responses, codes and the ledger go with the close."""
    assert {"intake.sealed": 0, "participation.code": 0, "participation.invitation": 0} == crowd.rows_left
