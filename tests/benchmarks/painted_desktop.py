"""Runs the real desktop and notes when a row shows a check for the first time.

A child process of the benchmark: for every endpoint and new check it prints the endpoint's name
and the monotonic time, in seconds, at which its row was painted with it.
"""

import sys
import time
from datetime import datetime

from PySide6.QtCore import QModelIndex, QPersistentModelIndex
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from app.__main__ import run
from widgets.endpoint_delegate import EndpointDelegate
from widgets.roles import Column, Role

_paint = EndpointDelegate.paint
_newest: dict[str, datetime] = {}


def _paint_and_note(
    delegate: EndpointDelegate,
    painter: QPainter,
    option: QStyleOptionViewItem,
    index: QModelIndex | QPersistentModelIndex,
) -> None:
    _paint(delegate, painter, option, index)
    if index.column() != Column.HEARTBEATS:
        return
    heartbeats = index.data(Role.HEARTBEATS)
    name = index.data(Role.NAME)
    if heartbeats and _newest.get(name) != heartbeats[-1].at:
        _newest[name] = heartbeats[-1].at
        print(f"painted {name} {time.monotonic():.6f}", flush=True)


EndpointDelegate.paint = _paint_and_note  # type: ignore[method-assign]
sys.exit(run())
