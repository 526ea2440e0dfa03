"""Every colour and measure of the window, for the light and the dark theme.

The palette, the stylesheet and the painters read these; no other file names a colour.
The pairs that carry text reach 4.5:1 and the marks 3:1: tests/widgets/style measures them.
"""

from dataclasses import dataclass

from backend.contract.vocabulary import Status


@dataclass(frozen=True, slots=True)
class Tone:
    """The colours of one state.

    Attributes:
        fill: The contract's colour of the state.
        outline: Edge and glyph of a mark; reaches 3:1 where the fill alone does not.
        glyph: The sign drawn on the fill.
        text: Words about the state on background, surface and soft.
        soft: Ground of a pill and of a tinted row.
    """

    fill: str
    outline: str
    glyph: str
    text: str
    soft: str


@dataclass(frozen=True, slots=True)
class Tokens:
    """One theme."""

    name: str
    background: str
    surface: str
    raised: str
    line: str
    text: str
    muted: str
    accent: str
    accent_hover: str
    on_accent: str
    selection: str
    selection_text: str
    selection_muted: str
    selection_accent: str
    sidebar: str
    hover: str
    field: str
    field_border: str
    focus: str
    disabled: str
    idle: str
    unmeasured: str
    connecting: Tone
    up: Tone
    down: Tone
    degraded: Tone
    unknown: Tone
    paused: Tone
    shadow: str

    def tone(self, status: Status, paused: bool = False) -> Tone:
        """Return the colours of a state; a paused endpoint shows that before its status."""
        if paused:
            return self.paused
        match status:
            case Status.UP:
                return self.up
            case Status.DOWN:
                return self.down
            case Status.DEGRADED:
                return self.degraded
            case Status.UNKNOWN:
                return self.unknown


LIGHT = Tokens(
    name="light",
    background="#f6f8fb",
    surface="#ffffff",
    raised="#ffffff",
    line="#e2e8f0",
    text="#0f172a",
    muted="#475569",
    accent="#2563eb",
    accent_hover="#1d4ed8",
    on_accent="#ffffff",
    selection="#dbeafe",
    selection_text="#0f172a",
    selection_muted="#475569",
    selection_accent="#1d4ed8",
    sidebar="#eef2f7",
    hover="#f1f5f9",
    field="#ffffff",
    field_border="#64748b",
    focus="#2563eb",
    disabled="#94a3b8",
    idle="#e2e8f0",
    unmeasured="#b6c2d2",
    connecting=Tone("#f59e0b", "#b45309", "#451a03", "#92400e", "#fef3c7"),
    up=Tone("#22c55e", "#15803d", "#052e16", "#15803d", "#e7fbee"),
    down=Tone("#ef4444", "#b91c1c", "#ffffff", "#b91c1c", "#fee2e2"),
    degraded=Tone("#eab308", "#a16207", "#422006", "#854d0e", "#fef9c3"),
    unknown=Tone("#9ca3af", "#6b7280", "#374151", "#4b5563", "#f3f4f6"),
    paused=Tone("#3b82f6", "#1d4ed8", "#ffffff", "#1d4ed8", "#e6efff"),
    shadow="#0f172a",
)

DARK = Tokens(
    name="dark",
    background="#0f172a",
    surface="#1e293b",
    raised="#243147",
    line="#334155",
    text="#e2e8f0",
    muted="#94a3b8",
    accent="#60a5fa",
    accent_hover="#93c5fd",
    on_accent="#0b1220",
    selection="#1e3a5f",
    selection_text="#e2e8f0",
    selection_muted="#a9b8cc",
    selection_accent="#7db5fb",
    sidebar="#0b1220",
    hover="#253246",
    field="#172135",
    field_border="#94a3b8",
    focus="#60a5fa",
    disabled="#64748b",
    idle="#334155",
    unmeasured="#475569",
    connecting=Tone("#f59e0b", "#f59e0b", "#1c1003", "#fbbf24", "#3d2c0c"),
    up=Tone("#22c55e", "#22c55e", "#052e16", "#4ade80", "#12301f"),
    down=Tone("#ef4444", "#ef4444", "#450a0a", "#f87171", "#33161b"),
    degraded=Tone("#eab308", "#eab308", "#2b1a02", "#facc15", "#38300f"),
    unknown=Tone("#9ca3af", "#9ca3af", "#1f2937", "#a3abb8", "#2a3444"),
    paused=Tone("#3b82f6", "#60a5fa", "#eff6ff", "#60a5fa", "#17294a"),
    shadow="#000000",
)


class Space:
    """The 4 px grid."""

    GAP = 16
    MARGIN = 20
    ROW = 44
    ROW_COMPACT = 32
    CARD = 104
    CARD_LOW = 88
    CHART = 240
    CHART_LOW = 144
    GAP_LOW = 12
    LOW_BELOW = 720
    HEADER = 56
    SIDEBAR = 208
    SIDEBAR_NARROW = 56
    NARROW_BELOW = 1080
    BANNER = 32
    TOAST = 360
    SHEET = 480
    SHEET_WIDE = 760
    TIMELINE = 320
    TIMELINE_NARROW = 264


class Radius:
    """Corners."""

    CARD = 10
    FIELD = 8
    ROW = 6


class Type:
    """Text sizes in pixels."""

    SECONDARY = 11
    TEXT = 13
    SECTION = 14
    LEAD = 15
    TITLE = 18
    TILE = 20
    NUMBER = 30
