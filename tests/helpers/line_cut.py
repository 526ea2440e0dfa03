"""Cuts a TCP connection between two running programs, from outside and without their help.

For the line between the desktop and its backend, which no relay can be put into: the desktop
trusts only the port its child told it. Linux only; works on programs that the test started.
"""

import ctypes
import os
import socket
from pathlib import Path

_PIDFD_GETFD = 438  # the same number on every architecture; Linux 5.6 or later
_ESTABLISHED = "01"


def cut_connections(pid: int, server_port: int) -> int:
    """Shut down the connections of one process to a port on loopback.

    Both programs see their connection end at once; nothing keeps them from making a new one.

    Args:
        pid: the client's process.
        server_port: the port it is connected to.

    Returns:
        How many connections were cut.
    """
    wanted = {f"socket:[{inode}]" for inode in _connected(pid, server_port)}
    process = os.pidfd_open(pid)
    cut = 0
    try:
        for link in Path(f"/proc/{pid}/fd").iterdir():
            if str(link.readlink()) in wanted:
                with _copy(process, int(link.name)) as connection:
                    connection.shutdown(socket.SHUT_RDWR)
                cut += 1
    finally:
        os.close(process)
    return cut


def _connected(pid: int, server_port: int) -> list[str]:
    """Return the inodes of the established connections to a port, as the kernel lists them."""
    inodes = []
    for line in Path(f"/proc/{pid}/net/tcp").read_text().splitlines()[1:]:
        fields = line.split()
        remote, state, inode = fields[2], fields[3], fields[9]
        if state == _ESTABLISHED and int(remote.split(":")[1], 16) == server_port:
            inodes.append(inode)
    return inodes


def _copy(process: int, descriptor: int) -> socket.socket:
    libc = ctypes.CDLL(None, use_errno=True)
    copied = libc.syscall(_PIDFD_GETFD, process, descriptor, 0)
    if copied < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return socket.socket(fileno=copied)
