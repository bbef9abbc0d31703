"""`peil demo`: starts everything, plays the story over HTTP, shows what came of it and keeps serving."""

import asyncio
import signal
import socket
import sys
import time
from textwrap import wrap

import httpx
import uvloop
from rich.console import Console
from rich.text import Text

from peil.demo.cast import StoryError
from peil.demo.curls import curl_lines
from peil.demo.drawing.picture import picture
from peil.demo.stage import PortTaken, Stage, listening, open_stage
from peil.demo.story import play_story
from peil.demo.told import Ended
from peil.demo.visiting import write_shell_file
from peil.embedded import Cluster
from peil.embedded_host import ClusterError

_NARROWEST, _WIDEST = 80, 120
_WHO = 13


def play(once: bool, port: int) -> int:
    """Plays the demo; 0 when it went as it should, 1 when not, 130 when it was interrupted before its end."""
    # Both end the demo in order, PostgreSQL last; a shell has its background jobs ignore Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    narrator = Narrator()
    try:
        with listening(port) as listener, Cluster() as cluster:
            uvloop.run(_play(narrator, cluster, listener, once))
    except (PortTaken, ClusterError, StoryError, httpx.HTTPError) as error:
        sys.stderr.write(f"peil demo: {str(error) or type(error).__name__}\n")
        return 1
    except KeyboardInterrupt:
        return 0 if narrator.has_ended else 130
    return 0


class Narrator:
    """Tells on the terminal, or plainly into a pipe, what happens; the time is in seconds since the start."""

    def __init__(self) -> None:
        self.console = Console(highlight=False, soft_wrap=True)
        self.width = max(_NARROWEST, min(_WIDEST, self.console.width))
        self.has_ended = False
        self._began = time.monotonic()

    def tell(self, who: str, deed: str, outcome: str) -> None:
        """Who did what, and what came of it: on one line, or on a second one where it is too long."""
        head = f"{time.monotonic() - self._began:5.1f} s  {who:<{_WHO}} "
        is_short = len(head + deed + outcome) + 3 <= self.width
        lines = [outcome] if is_short else wrap(outcome, self.width - len(head) - 2)
        margin = f"\n{' ' * len(head)}"
        arrow = " → " if is_short else f"{margin}→ "
        self.console.print(Text.assemble((head, "dim"), deed, (arrow, "dim"), (f"{margin}  ".join(lines), "bold")))


async def _play(narrator: Narrator, cluster: Cluster, listener: socket.socket, once: bool) -> None:
    async with open_stage(cluster, listener) as stage:
        narrator.tell("operator", "starts PostgreSQL, API, intake and worker", stage.url)
        ended = await play_story(stage, narrator.tell)
        narrator.console.print()
        narrator.console.print(*picture(ended, narrator.width), sep="\n")
        narrator.has_ended = True
        if not once:
            _invite(narrator.console, stage, ended)
            await asyncio.Event().wait()


def _invite(console: Console, stage: Stage, ended: Ended) -> None:
    """What there is to try, each as a line to paste into a shell that has read the demo's file."""
    console.print("\nNow try it yourself. In another shell:\n")
    console.print(f". {write_shell_file(stage, ended)}\n")
    for what, command in curl_lines(ended):
        console.print(Text.assemble((f"# {what}\n", "dim"), f"{command}\n"))
    unit = ended.left_open.unit
    console.print(Text(f"# take part: a survey is open, anonymous, and you are invited as somebody of {unit}", "dim"))
    console.print('{ sign_in; cat; } | peil answer "$SERVICE" --language en\n')
    places = {
        "API": f"{stage.url}/v1",
        "intake": f"{stage.intake_url}/v1",
        "database": stage.settings.database_url_owner,
        "keys": str(stage.settings.keys),
        "wave": ended.left_open.wave_id,
    }
    for name, place in places.items():
        console.print(Text.assemble((f"{name:<9}", "dim"), place))
    console.print("\ndocs/anonymity.md goes on from here: what happens to your answer, each claim with a command.")
    console.print(f"{stage.url} serves until Ctrl-C.")
