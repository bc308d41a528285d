"""A page in the browser, as tests look at it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pathlib import Path


@dataclass
class Opened:
    """A page in the browser, and all that it said or asked for."""

    page: Any  # Any: playwright's page
    path: Path
    console: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def text(self, selector: str) -> str:
        return " ".join(self.page.inner_text(selector).split())


REST: Final = """
(() => {
  const real = Object.fromEntries(
    ["setTimeout", "clearTimeout", "requestAnimationFrame", "cancelAnimationFrame", "requestIdleCallback",
     "cancelIdleCallback"].map((name) => [name, window[name].bind(window)]));
  const pending = new Set();
  const watch = (start, stop) => {
    window[start] = (work, ...rest) => {
      const id = real[start]((...given) => {
        try { work(...given); } finally { pending.delete(`${start} ${id}`); }
      }, ...rest);
      pending.add(`${start} ${id}`);
      return id;
    };
    window[stop] = (id) => {
      pending.delete(`${start} ${id}`);
      real[stop](id);
    };
  };
  watch("setTimeout", "clearTimeout");
  watch("requestAnimationFrame", "cancelAnimationFrame");
  watch("requestIdleCallback", "cancelIdleCallback");
  window.nextFrame = () => new Promise((done) => real.requestAnimationFrame(() => real.setTimeout(done, 0)));
  window.atRest = async () => {
    for (let quiet = 0; quiet < 3; ) {
      await window.nextFrame();
      const moves = document.getAnimations().some((one) => one.playState === "running");
      quiet = pending.size || moves ? 0 : quiet + 1;
    }
  };
})();
"""
"""Knows what a page is still about to do: timers, frames and idle work that it asked for, transitions that run."""


def watched(context: Any) -> Any:
    """Return a context of the browser in whose pages `at_rest` can be asked for."""
    context.add_init_script(REST)
    return context


def at_rest(page: Any) -> None:
    """Wait until a page has done all that it was about to do, and draws nothing more."""
    page.evaluate("atRest()")


def next_frame(page: Any) -> None:
    """Wait until a page has drawn once more."""
    page.evaluate("nextFrame()")
