"""The refusals that only HTTP knows; `errors.py` has those of the domain, `problems.py` renders both."""

from collections.abc import Sequence

Headers = Sequence[tuple[bytes, bytes]]


class HttpProblem(Exception):  # named like the problem documents it becomes
    """A refusal with its status; `headers` go with the answer, `params` fill the text of `code`."""

    def __init__(self, status: int, code: str, headers: Headers = (), **params: str | int) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.headers = headers
        self.params = params
