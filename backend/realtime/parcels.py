"""What goes out over Socket.IO, written with as little work as the protocol needs.

Used by the gateway's server in place of the library's own kind of packet: nothing here is binary,
so nothing is looked through for that; and an answer may be JSON already.
"""

import json
from typing import Any, Final

import engineio.json
from socketio.packet import EVENT, Packet

from backend.contract.wire import Written


class Parcels:
    """Makes the packets of a server. Those that come in are read by the library, as ever."""

    json = engineio.json

    def __call__(
        self,
        packet_type: int = EVENT,
        data: object = None,
        namespace: str | None = None,
        encoded_packet: str | None = None,
        **numbered: int | None,
    ) -> Packet:
        """Return a packet; see :class:`socketio.packet.Packet`."""
        packet = Packet(
            packet_type,
            data,
            namespace,
            binary=False,
            encoded_packet=encoded_packet,
            **numbered,
        )
        if encoded_packet is None:
            packet.json = _WRITER
        return packet


class _Writer:
    """Writes what was said in an answer, or told with an event."""

    def dumps(self, said: object, **_options: Any) -> str:
        match said:
            case [None, Written(text)]:
                return f"[null,{text}]"
        return _dumps(said)


_dumps: Final = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode
_WRITER: Final = _Writer()
