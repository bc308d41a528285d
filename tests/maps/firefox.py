"""Firefox, as it is installed, driven by its own protocol: Marionette, JSON over a socket of this machine.

Playwright drives a Firefox of its own only, and a stock one with commands that not every release knows. What is needed
of a page here is little, and is called as Playwright calls it, so that a test need not know which browser it is in.
"""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import time
from dataclasses import dataclass, field
from socket import AF_INET, SOCK_STREAM
from socket import socket as Socket  # noqa: N812  # held before tests forbid sockets: this one leads to this machine
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pathlib import Path

NAMES: Final = ("firefox-esr", "firefox")
PORT_FILE: Final = "MarionetteActivePort"
MOST_SECONDS: Final = 60
PREFERENCES: Final[dict[str, object]] = {
    "marionette.port": 0,  # one that is free, written into PORT_FILE
    "app.normandy.enabled": False,
    "app.update.disabledForTesting": True,
    "browser.aboutwelcome.enabled": False,
    "browser.download.folderList": 2,
    "browser.download.useDownloadDir": True,
    "browser.download.always_ask_before_handling_new_types": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "browser.tabs.remote.separatePrivilegedContentProcess": False,
    "browser.topsites.contile.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "dom.ipc.processCount": 1,
    "extensions.getAddons.cache.enabled": False,
    "extensions.systemAddon.update.enabled": False,
    "intl.locale.requested": "en-US",
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "network.proxy.type": 1,  # all that is asked of a network goes to a port where nobody listens
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
    "services.settings.server": "data:,#remote-settings-dummy/v1",
    "toolkit.telemetry.reportingpolicy.firstRun": False,
}

# An expression or a function, as Playwright evaluates it; promises are waited for.
EVALUATE: Final = """
const [argument, done] = arguments;
(async () => {
  const value = (%s);
  return typeof value === "function" ? value(argument) : value;
})().then((value) => done({ value }), (error) => done({ error: String(error) }));
"""

VISIBLE: Final = """
(([selector, state]) => new Promise((done) => {
  const shown = (one) => one.checkVisibility({ visibilityProperty: true }) && one.getClientRects().length > 0;
  const isMet = () => {
    const found = [...document.querySelectorAll(selector)];
    if (state === "attached") return found.length > 0;
    return state === "hidden" ? !found.some(shown) : found.some(shown);
  };
  const until = Date.now() + 20000;
  (function look() {
    if (isMet() || Date.now() > until) done(isMet());
    else setTimeout(look, 20);
  })();
}))
"""

WATCH: Final = """
Services.console.reset();
Cc["@mozilla.org/consoleAPI-storage;1"].getService(Ci.nsIConsoleAPIStorage).clearEvents();
const first = Services.wm.getMostRecentWindow("navigator:browser");
if (!first.asked) Services.obs.addObserver((request) => {
  const { loadInfo, URI } = request.QueryInterface(Ci.nsIHttpChannel);
  if (loadInfo.triggeringPrincipal?.isSystemPrincipal === false) first.asked.push(URI.spec);
}, "http-on-modify-request");
first.asked = [];
"""

HEARD: Final = """
const storage = Cc["@mozilla.org/consoleAPI-storage;1"].getService(Ci.nsIConsoleAPIStorage);
const errors = Services.console.getMessageArray()
  .filter((each) => each instanceof Ci.nsIScriptError && each.sourceName.startsWith("file:"))
  .map((each) => each.errorMessage);
const said = storage.getEvents().filter(({ filename }) => filename.startsWith("file:"))
  .map((each) => each.arguments.join(" "));
return { console: [...errors, ...said], requests: Services.wm.getMostRecentWindow("navigator:browser").asked };
"""

KEYS: Final = {"Escape": "\ue00c", "Enter": "\ue007", "Tab": "\ue004", "ArrowRight": "\ue014", "ArrowLeft": "\ue012"}


class FirefoxError(Exception):
    """Firefox refused a command, or a script in the page failed."""


@dataclass
class Firefox:
    """A running Firefox.

    Attributes:
        path: The program.
        home: A folder for its profile, and below it one for what is downloaded.
    """

    path: str
    home: Path
    _number: int = 0

    def start(self) -> None:
        """Start the browser and open a session with it."""
        self.downloads.mkdir(parents=True)
        preferences = {**PREFERENCES, "browser.download.dir": str(self.downloads)}
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in preferences.items()]
        (self.home / "user.js").write_text("".join(lines))
        options = ["--headless", "--no-remote", "--marionette", "--remote-allow-system-access"]
        command = [self.path, *options, "--profile", str(self.home), "about:blank"]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self._socket = Socket(AF_INET, SOCK_STREAM)
        self._socket.settimeout(MOST_SECONDS)
        self._socket.connect(("127.0.0.1", self._port()))
        self._receive()
        self.command("WebDriver:NewSession", {"capabilities": {"alwaysMatch": {"pageLoadStrategy": "eager"}}})
        self.command("WebDriver:SetTimeouts", {"script": MOST_SECONDS * 1000})

    @property
    def downloads(self) -> Path:
        return self.home / "downloads"

    def _port(self) -> int:
        until = time.monotonic() + MOST_SECONDS
        while time.monotonic() < until and self._process.poll() is None:
            written = self.home / PORT_FILE
            if written.exists() and (text := written.read_text().strip()):
                return int(text)
            time.sleep(0.05)
        raise FirefoxError("Firefox has not started.")

    def command(self, name: str, parameters: dict[str, Any] | None = None) -> Any:
        """Send a command and return what it answers."""
        self._number += 1
        text = json.dumps([0, self._number, name, parameters or {}]).encode()
        self._socket.sendall(b"%d:%s" % (len(text), text))
        _, _, error, value = self._receive()
        if error:
            raise FirefoxError(f"{name}: {error['error']}: {error['message']}")
        return value

    def _receive(self) -> Any:
        head = b""
        while not head.endswith(b":"):
            head += self._some(1)
        return json.loads(self._some(int(head[:-1])))

    def _some(self, length: int) -> bytes:
        read = bytearray()
        while len(read) < length:
            more = self._socket.recv(min(65536, length - len(read)))
            if not more:
                raise FirefoxError("Firefox has closed the connection.")
            read += more
        return bytes(read)

    def privileged(self, script: str) -> Any:
        """Run a script in the browser itself, whose console and accessibility tree pages cannot ask for."""
        self.command("Marionette:SetContext", {"value": "chrome"})
        try:
            return self.command("WebDriver:ExecuteScript", {"script": script, "args": []})["value"]
        finally:
            self.command("Marionette:SetContext", {"value": "content"})

    def watch(self) -> None:
        """Forget what pages have said and asked for until now."""
        self.privileged(WATCH)

    def heard(self) -> dict[str, list[str]]:
        """Return what has been said on consoles and asked of networks since `watch`."""
        found: dict[str, list[str]] = self.privileged(HEARD)
        return found

    def close(self) -> None:
        """End the browser."""
        self._socket.close()
        self._process.terminate()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()


def firefox_path() -> str | None:
    """Return where Firefox is installed; None where it is not."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@dataclass
class Keyboard:
    page: FirefoxPage

    def press(self, key: str) -> None:
        """Press a key, or several together ("Control+a"), and let them go."""
        names = [KEYS.get(name, name) for name in (key.split("+") if len(key) > 1 else [key])]
        down = [{"type": "keyDown", "value": name} for name in names]
        up = [{"type": "keyUp", "value": name} for name in reversed(names)]
        actions = [{"type": "key", "id": "keys", "actions": [*down, *up]}]
        self.page.browser.command("WebDriver:PerformActions", {"actions": actions})


@dataclass
class FirefoxPage:
    """The page that Firefox shows, with the methods of Playwright's that the tests of both browsers use."""

    browser: Firefox
    keyboard: Keyboard = field(init=False)

    def __post_init__(self) -> None:
        self.keyboard = Keyboard(self)

    def goto(self, url: str) -> None:
        self.browser.command("WebDriver:Navigate", {"url": url})

    def evaluate(self, expression: str, argument: Any = None) -> Any:
        script = {"script": EVALUATE % expression.strip().rstrip(";"), "args": [argument]}
        result = self.browser.command("WebDriver:ExecuteAsyncScript", script)["value"]
        if "error" in result:
            raise FirefoxError(result["error"])
        return result.get("value")

    def wait_for_selector(self, selector: str, state: str = "visible") -> None:
        if not self.evaluate(VISIBLE, [selector, state]):
            raise FirefoxError(f"{selector} is not {state}.")

    def _element(self, selector: str) -> str:
        found = self.browser.command("WebDriver:FindElement", {"using": "css selector", "value": selector})
        return str(next(iter(found["value"].values())))

    def click(self, selector: str) -> None:
        self.wait_for_selector(selector)
        self.browser.command("WebDriver:ElementClick", {"id": self._element(selector)})

    def fill(self, selector: str, text: str) -> None:
        element = self._element(selector)
        self.browser.command("WebDriver:ElementClear", {"id": element})
        self.browser.command("WebDriver:ElementSendKeys", {"id": element, "text": text})

    def inner_text(self, selector: str) -> str:
        return str(self.evaluate("selector => document.querySelector(selector).innerText", selector))

    def is_visible(self, selector: str) -> bool:
        return bool(
            self.evaluate(
                "selector => Boolean(document.querySelector(selector)?.checkVisibility({ visibilityProperty: true }))",
                selector,
            )
        )

    def set_viewport_size(self, size: dict[str, int]) -> None:
        for _ in range(2):  # the window's own frame is as wide as it is
            inner = self.evaluate("[innerWidth, innerHeight, outerWidth, outerHeight]")
            rect = {"width": size["width"] + inner[2] - inner[0], "height": size["height"] + inner[3] - inner[1]}
            self.browser.command("WebDriver:SetWindowRect", rect)

    def pdf(self, *, format: str = "A4", landscape: bool = False, print_background: bool = False) -> bytes:  # noqa: A002
        """Print as a reader does. The margins are those of the page, as Playwright's are; sizes are in centimetres."""
        width, height = {"A4": (21.0, 29.7), "Letter": (21.59, 27.94)}[format]
        asked = {
            "page": {"width": width, "height": height},
            "margin": dict.fromkeys(("top", "bottom", "left", "right"), 0),
            "orientation": "landscape" if landscape else "portrait",
            "background": print_background,
            "shrinkToFit": False,
        }
        return base64.b64decode(self.browser.command("WebDriver:Print", asked)["value"])

    def download(self, selector: str) -> Path:
        """Press a button that saves a file, and return the file once it is whole."""
        self.browser.command("WebDriver:ElementClick", {"id": self._element(selector)})
        until = time.monotonic() + MOST_SECONDS
        while time.monotonic() < until:
            found = [
                path for path in self.browser.downloads.iterdir() if path.suffix != ".part" and path.stat().st_size
            ]
            if found and not list(self.browser.downloads.glob("*.part")):
                return found[0]
            time.sleep(0.05)
        raise FirefoxError(f"Nothing was saved by {selector}.")

    def screenshot(self) -> bytes:
        return base64.b64decode(self.browser.command("WebDriver:TakeScreenshot", {"full": False})["value"])
