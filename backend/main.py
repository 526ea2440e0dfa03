"""The composition root: builds the rooms in order, and closes them in reverse.

Used by the entry point, and by tests that want a whole backend in their own process. All wiring
of the backend is here, and nothing else.
"""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import socketio

from backend.alerts.credentials import Credentials
from backend.alerts.herald import open_alerts
from backend.alerts.postman import Postman
from backend.alerts.round import Tools
from backend.api.app import build_app
from backend.api.guard import Guard
from backend.api.metrics import CheckCount
from backend.binding import prove
from backend.checks.http_prober import HttpProber
from backend.checks.logind import follow_sleep
from backend.checks.surroundings import RealSurroundings, Surroundings
from backend.config import Settings, token_of
from backend.contract.version import VERSION
from backend.domain.reply import Prober
from backend.doorkeeper import Doorkeeper, Keys, OneToken
from backend.engine.backup import DailyBackup
from backend.engine.bus import Bus
from backend.engine.certificates import Certificates
from backend.engine.clock import Clock, RealClock
from backend.engine.endpoints import Endpoints
from backend.engine.incidents import Incidents
from backend.engine.monitors import Monitors
from backend.engine.network import LaptopNetwork
from backend.engine.pipeline import Pipeline
from backend.engine.preview import Preview
from backend.engine.retention import Retention
from backend.engine.scheduler import Scheduler
from backend.engine.secret_keeper import FillingProber, put_in_order
from backend.engine.self_health import Pulse, SelfHealth
from backend.engine.sight import Sight
from backend.engine.sleep import Bedtime, SleepWatch
from backend.engine.storing import Storing
from backend.logs import log_to_file
from backend.realtime.gateway import MESSAGE_BYTES, Gateway
from backend.serving import HOST, listening, serving
from backend.storage.archive import Archive
from backend.storage.errors import DataDirectoryNotWritable
from backend.storage.keyrings import Keyring, SystemKeyring
from backend.storage.recovery import last_restoration
from backend.storage.vault import Vault


@dataclass(frozen=True, slots=True)
class Backend:
    """A backend that serves."""

    url: str
    token: str | None
    """What its one owner shows; ``None`` where there is a list of tokens."""
    bus: Bus


@asynccontextmanager
async def backend(
    settings: Settings,
    *,
    prober: Prober | None = None,
    clock: Clock | None = None,
    surroundings: Surroundings | None = None,
    keyring: Keyring | None = None,
) -> AsyncIterator[Backend]:
    """Run a whole backend while the block runs.

    Args:
        settings: how.
        prober: what asks the targets; HTTP unless given.
        clock: what tells the time; this computer's unless given.
        surroundings: what finds out about the network; this computer's unless given.
        keyring: what keeps secrets where the settings say so; this computer's unless given.

    Raises:
        ArchiveError: the data directory is in use, not writable, or newer than this program.
        TokenFileUnusable: no token could be read or made.
        PortNotBound: the port cannot be had.
        BindingError: others are not served like this.
    """
    entrance = None if settings.binding is None else prove(settings.binding)
    async with AsyncExitStack() as rooms:
        archive = await rooms.enter_async_context(Archive.open(settings.data_dir))
        try:
            rooms.enter_context(log_to_file(settings.data_dir))
        except OSError as error:
            raise DataDirectoryNotWritable(settings.data_dir, error) from error
        token: str | None = None
        if entrance is not None and entrance.tokens is not None:
            keys: Keys = entrance.tokens
        else:
            token = token_of(settings)
            keys = OneToken(token)
        doorkeeper = Doorkeeper(keys, wait_s=settings.wrong_token_wait_s)
        sock = rooms.enter_context(
            listening(settings.port)
            if settings.binding is None
            else listening(settings.binding.port, settings.binding.address)
        )
        port: int = sock.getsockname()[1]
        if prober is None:
            prober = await rooms.enter_async_context(HttpProber(VERSION))

        bus, lock, monitors = Bus(), asyncio.Lock(), Monitors(await archive.load())
        clock = clock or RealClock(monitors.newest_check_ms())
        vault = await Vault.open(
            settings.data_dir,
            keyring=keyring or SystemKeyring(),
            prefers_keyring=settings.keyring,
            now_ms=clock.wall_ms,
        )
        prober, credentials = FillingProber(prober, vault), Credentials(vault)
        # Who may add a channel there is not the owner of this computer's files.
        owners_alone = token is not None and not settings.forbids_private
        postman = Postman(credentials=credentials, reads_files=owners_alone)
        alerts = await open_alerts(
            Tools(archive.alerts, postman, bus.publish, clock.wall_ms, lock), credentials
        )
        storing = Storing(
            archive=archive,
            bus=bus,
            clock=clock,
            restoration=last_restoration(settings.data_dir),
        )
        storing.when_stored_again(alerts.herald.stored_again)
        sight = Sight(archive=archive, bus=bus, clock=clock, monitors=monitors, lock=lock)
        network = LaptopNetwork(
            surroundings=surroundings or RealSurroundings(),
            prober=prober,
            sight=sight,
            clock=clock,
            monitors=monitors,
            offline_since_ms=await archive.sight.offline_since_ms(),
        )
        certificates, bedtime = Certificates(), Bedtime()
        pipeline = Pipeline(
            prober=prober,
            archive=archive,
            bus=bus,
            clock=clock,
            monitors=monitors,
            lock=lock,
            herald=alerts.herald,
            network=network,
            certificates=certificates,
            bedtime=bedtime,
        )
        scheduler = Scheduler(
            clock=clock,
            monitors=monitors,
            check=pipeline.check,
            checks_at_once=settings.checks_at_once,
            held=network.holds,
            bedtime=bedtime,
        )
        sleep_watch = SleepWatch(
            clock=clock,
            sight=sight,
            monitors=monitors,
            spread=scheduler.spread,
            bedtime=bedtime,
            listen=follow_sleep,
        )
        endpoints = Endpoints(
            archive=archive,
            bus=bus,
            clock=clock,
            monitors=monitors,
            scheduler=scheduler,
            lock=lock,
            herald=alerts.herald,
        )
        incidents = Incidents(
            archive=archive,
            bus=bus,
            clock=clock,
            monitors=monitors,
            lock=lock,
            herald=alerts.herald,
        )
        pulse, backup = Pulse(clock), DailyBackup(path=archive.path, clock=clock)
        gateway = Gateway(
            doorkeeper=doorkeeper,
            archive=archive,
            monitors=monitors,
            bus=bus,
            clock=clock,
            storing=storing,
        )
        rest = build_app(
            endpoints=endpoints,
            incidents=incidents,
            scheduler=scheduler,
            monitors=monitors,
            archive=archive,
            clock=clock,
            channels=alerts.channels,
            preview=Preview(prober=prober, clock=clock, bedtime=bedtime),
            checks=CheckCount(bus),
            health=SelfHealth(
                archive=archive,
                clock=clock,
                scheduler=scheduler,
                pulse=pulse,
                backup=backup,
                storing=storing,
                vault=vault,
            ),
            certificates=certificates,
            vault=vault,
        )
        tls = None if entrance is None else entrance.tls
        guard = Guard(
            socketio.ASGIApp(gateway.server, other_asgi_app=rest),
            port=port,
            doorkeeper=doorkeeper,
            hosts=None if entrance is None else entrance.hosts(port),
            is_secure=tls is not None,
            allowed_origins=settings.allowed_origins,
        )

        retention = Retention(archive=archive, clock=clock, kept=settings.kept)
        for name, work in (
            ("the gateway", gateway.run()),
            ("the scheduler", scheduler.run()),
            ("the network", network.run(scheduler.spread)),
            ("the watch for sleep", sleep_watch.run()),
            ("the retention", retention.run()),
            ("the messengers", alerts.run()),
            ("the watch over storing", storing.run()),
            ("the daily backup", backup.run()),
            ("the pulse", pulse.run()),
            (
                "the secrets",
                put_in_order(
                    vault=vault,
                    archive=archive,
                    monitors=monitors,
                    bus=bus,
                    clock=clock,
                    lock=lock,
                    channels=alerts.channels,
                ),
            ),
        ):
            await rooms.enter_async_context(_at_work(work, name))
        await rooms.enter_async_context(serving(guard, sock, MESSAGE_BYTES, tls))
        url = f"http://{HOST}:{port}" if entrance is None else entrance.url(port)
        yield Backend(url, token, bus)


@asynccontextmanager
async def _at_work(work: Coroutine[None, None, None], name: str) -> AsyncIterator[None]:
    """Keep a task at work while the block runs; its failure ends the block."""
    async with asyncio.TaskGroup() as group:
        task = group.create_task(work, name=name)
        yield
        task.cancel()
