/** Plays the window through the time, one step after the other; stops at the end, or when somebody else moves it. */

import { framesOf, stepped } from "./occupied.js";

const RUN_MS = 24000; // how long a run through all windows takes at usual speed, within the limits of one window
const STEP_MS = [80, 700];
const STILL_MS = 1000; // and how long a window stands for a reader who asked the system for less motion

/** The speeds that a reader can choose. */
export const SPEEDS = [0.25, 0.5, 1, 2, 4, 8, 16];

/**
 * Make the player.
 * @param {{onskip: function(number, number), show: function(boolean)}} how `onskip` hears at each window how many empty
 *     steps were skipped, and its end; `show` whenever it begins, or stops by itself or by its button: then with true.
 */
export function makePlayer(ctx, { onskip, show }) {
  const { state, model } = ctx;
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  let timer = null;
  let expected = null;
  let pace = STILL_MS;
  const what = ({ end, length, mode, step, skip }) => [end, length, mode, step, skip].join();
  const go = ({ end, skipped }) => {
    expected = what({ ...state.now, end });
    onskip(skipped, end);
    state.set({ end });
  };
  const next = () => {
    timer = setTimeout(() => {
      const found = stepped(state.now, model, 1);
      if (found) go(found);
      if (found && stepped(state.now, model, 1)) next();
      else player.stop();
    }, pace / state.now.speed);
  };
  const player = {
    get playing() {
      return timer !== null;
    },
    /** Whether there is anything to play: more than one window. */
    get possible() {
      const first = stepped({ ...state.now, end: null }, model, 1);
      return first !== null && stepped({ ...state.now, end: first.end }, model, 1) !== null;
    },
    toggle() {
      if (player.playing) player.stop();
      else player.start();
    },
    /** Go on from the window shown; from the whole time, or where nothing follows, from the first. */
    start() {
      if (!player.possible) return;
      const run = RUN_MS / Math.max(1, framesOf(state.now, model) - 1);
      pace = calm.matches ? STILL_MS : Math.max(STEP_MS[0], Math.min(STEP_MS[1], run));
      const isOver = state.now.end === null || !stepped(state.now, model, 1);
      go(isOver ? stepped({ ...state.now, end: null }, model, 1) : { end: state.now.end, skipped: 0 });
      next();
      show(false);
    },
    stop() {
      const wasPlaying = timer !== null;
      clearTimeout(timer);
      timer = null;
      show(wasPlaying);
    },
    /** Stop where the window is not where this player has put it. */
    follow() {
      if (player.playing && what(state.now) !== expected) player.stop();
    },
  };
  ctx.dispose(() => clearTimeout(timer));
  return player;
}
