/** Runs in every page that is measured, before any script of its own; what is called interactive is said here. */

(() => {
  const QUIET_MS = 200; // so long without a task of 50 ms or more is a quiet main thread
  const ends = []; // when each long task ended, ms since navigation
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) ends.push(startTime + duration);
  }).observe({ type: "longtask", buffered: true });

  /** Remember the Leaflet map that a page makes, whoever makes it. */
  let leaflet;
  let map = null;
  Object.defineProperty(window, "L", {
    configurable: true,
    get: () => leaflet,
    set(value) {
      leaflet = value;
      value?.Map?.addInitHook(function remember() {
        map = this;
      });
    },
  });

  const frame = () => new Promise((done) => requestAnimationFrame(done));
  /** Wait until the next frame has been made: the task after it. */
  const painted = () =>
    new Promise((done) => {
      requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = done;
        channel.port2.postMessage(null);
      });
    });

  const loaded = () => document.readyState === "complete" && map !== null;
  const has = (selector) => loaded() && document.querySelector(selector) !== null;
  /** A global that folium named by its kind and a random number. */
  const named = (prefix, method) => {
    const name = Object.keys(window).find((key) => key.startsWith(prefix) && typeof window[key]?.[method] === "function");
    return name && window[name];
  };
  const drawn = (selector) => document.querySelector(selector) !== null;
  const sought = (selector) => document.querySelector(selector);
  const key = (name) =>
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true }));
  const slide = (input, by) => {
    input.value = String(Number(input.value) + by);
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const deck = () => (typeof deckInstance === "undefined" ? null : deckInstance);

  /** For each kind of page: when its first render is complete, how to go a step on in time, and where it stands. */
  const kinds = {
    willay: {
      ready: () => document.documentElement?.dataset.ready !== undefined,
      step: () => key("ArrowRight"),
      at: () => sought("#when")?.value,
    },
    markers: { ready: () => has(".leaflet-marker-icon") },
    clusters: { ready: () => has(".marker-cluster, .leaflet-marker-icon") },
    timestamped: {
      ready: () => loaded() && map.timeDimension && has(".leaflet-overlay-pane .leaflet-interactive, .timecontrol-date"),
      begin: () => map.timeDimension.setCurrentTimeIndex(map.timeDimension.getAvailableTimes().length - 80),
      step: () => map.timeDimension.nextTime(),
      at: () => map.timeDimension.getCurrentTime(),
    },
    timeline: {
      ready: () => has(".leaflet-timeline-control, .leaflet-timeline-controls") && named("timeline_slider_", "setTime"),
      begin: () => {
        const slider = named("timeline_slider_", "setTime");
        kinds.timeline.month = (slider.end - slider.start) / 552;
        slider.setTime(slider.start + kinds.timeline.month * 480);
      },
      step: () => {
        const slider = named("timeline_slider_", "setTime");
        slider.setTime(slider.time + kinds.timeline.month);
      },
      at: () => named("timeline_slider_", "setTime").time,
    },
    choropleth: {
      ready: () => has(".leaflet-overlay-pane path") && has("input[type=range]"),
      begin: () => slide(sought("input[type=range]"), -Number(sought("input[type=range]").max) + 470),
      step: () => slide(sought("input[type=range]"), 1),
      at: () => sought("input[type=range]").value,
    },
    kepler: {
      ready: () => {
        const shown = window.keplerStore?.getState().keplerGl.map?.visState;
        return document.readyState === "complete" && shown?.layerData.length > 0 && drawn("#default-deckgl-overlay, canvas");
      },
    },
    deck: {
      ready: () => {
        const layers = deck()?.layerManager?.getLayers?.() ?? [];
        return document.readyState === "complete" && layers.length > 0 && layers.every(({ isLoaded }) => isLoaded);
      },
    },
  };

  /**
   * Milliseconds from navigation to interactive: the first render is complete and two frames have been made since, or
   * the end of the last long task, whichever is later; told once the main thread has been quiet for QUIET_MS.
   */
  async function interactive(kind) {
    while (!kinds[kind].ready()) await frame();
    await frame();
    await painted();
    const shown = performance.now();
    for (;;) {
      const since = Math.max(shown, ...ends.slice(-50));
      if (performance.now() - since >= QUIET_MS) return since;
      await new Promise((done) => setTimeout(done, 25));
    }
  }

  /** Tell the time to interactive on the console, where it is heard outside without asking a busy page. */
  const watch = async (kind) => console.debug(`benchmark opened ${await interactive(kind)}`);

  const LONG_MS = 5000; // an action that is slow is repeated for so long only

  /** Do something so many times, once a frame, and return how long each took from the call to the frame made. */
  async function repeated(action, count) {
    const taken = [];
    await painted();
    const begun = performance.now();
    let before = begun;
    for (let number = 0; number < count && (number < 4 || before - begun < LONG_MS); number += 1) {
      action(number);
      await painted();
      const now = performance.now();
      taken.push(now - before);
      before = now;
    }
    return taken;
  }

  const later = (ms) => new Promise((done) => setTimeout(done, ms));

  /** Go a step on, and wait until nothing follows: labels and sizes are made once the page rests. */
  async function settled(kind) {
    kinds[kind].step();
    await later(800);
  }

  /** Press the first incident of the list, and return the milliseconds until its card has been drawn. */
  async function card() {
    while (!sought("#panel .entry")) await later(20);
    const begun = performance.now();
    sought("#panel .entry button, #panel .entry").click();
    while (!sought("#panel .card")) await new Promise((done) => requestAnimationFrame(done));
    await painted();
    return performance.now() - begun;
  }

  async function steps(kind, count) {
    const { begin, step, at } = kinds[kind];
    begin?.();
    await painted();
    await painted();
    const from = at();
    const taken = await repeated(step, count);
    return { taken, from: String(from), to: String(at()) };
  }

  const zooms = (count) => {
    const zoom = map.getZoom();
    return repeated((number) => map.setZoom(zoom + ((number + 1) % 2), { animate: false }), count);
  };
  const pans = (count) =>
    repeated((number) => map.panBy([number % 8 < 4 ? 60 : -60, 0], { animate: false, noMoveStart: true }), count);

  const marks = () => Object.fromEntries(performance.getEntriesByType("mark").map((mark) => [mark.name, mark.startTime]));
  window.benchmark = { watch, steps, settled, card, zooms, pans, marks };
})();
