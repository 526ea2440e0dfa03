"""Until when the certificates of targets are valid, as the last answer of each showed.

The pipeline notes what its attempts saw; REST asks. Kept in memory only: the next check brings it
again. Nothing is concluded here; that is the assertions' part.
"""

from datetime import datetime
from hashlib import sha256

from backend.checks.certificate_dates import valid_until
from backend.domain.endpoint import Endpoint
from backend.domain.reply import Failure, Reply


class Certificates:
    """The end of each endpoint's own certificate.

    An endpoint that is deleted keeps its few bytes until the program ends; one whose address is
    changed to plain HTTP loses them with its next answer.
    """

    def __init__(self) -> None:
        self._ends: dict[str, tuple[bytes, datetime | None]] = {}

    def note(self, endpoint: Endpoint, attempt: Reply | Failure) -> None:
        """Take what an answer showed.

        Args:
            endpoint: whose answer it is.
            attempt: the answer; of a failure nothing is taken, for a certificate that was refused
                may be a stranger's.
        """
        if isinstance(attempt, Failure):
            return
        shown = attempt.facts.certificates if attempt.facts is not None else ()
        if not shown:
            self._ends.pop(endpoint.id, None)
            return
        # Read only when it is another one: the same comes with every check.
        mark = sha256(shown[0]).digest()
        held = self._ends.get(endpoint.id)
        if held is None or held[0] != mark:
            self._ends[endpoint.id] = (mark, _end_of(shown[0]))

    def until(self, endpoint_id: str) -> datetime | None:
        """Return when an endpoint's certificate ends (UTC); ``None`` where none was seen."""
        held = self._ends.get(endpoint_id)
        return None if held is None else held[1]


def _end_of(certificate: bytes) -> datetime | None:
    """Return when a certificate (DER) ends; ``None`` for one that cannot be read."""
    try:
        return valid_until(certificate)
    except ValueError:
        return None
