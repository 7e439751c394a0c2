// The controller of playing: which week is shown, whether it moves, how fast. It knows no DOM but the frame clock.

export const SPEEDS = [["½×", 0.5], ["1×", 1], ["2×", 2], ["4×", 4]];
const WHOLE = 20; // seconds that 1× takes for the whole horizon
const CALM_STEP = 13; // weeks a second under reduced motion: a quarter-year
const LONGEST = 0.25; // seconds; a tab that slept goes on where it was instead of leaping

/**
 * `moved({week, playing, cause})` is called after every change. Weeks from `limit` on do not exist yet: playing waits
 * there for more while `growing`, and stops at the end otherwise.
 */
export function createClock({ horizon, calm, moved, request = requestAnimationFrame, cancel = cancelAnimationFrame }) {
  let week = 0;
  let wanted = 0; // where to be once the recording reaches that far
  let exact = 0;
  let limit = 0;
  let growing = false;
  let playing = false;
  let speed = 1;
  let then = 0;
  let frame = 0;

  const inside = (value) => Math.max(0, Math.min(Math.max(0, limit - 1), Math.round(value)));
  const tell = (cause) => moved({ week, playing, cause });

  function tick(now) {
    frame = request(tick);
    const passed = Math.min(LONGEST, (now - then) / 1000);
    if (calm()) {
      if (now - then < 1000) return;
      exact = week + CALM_STEP;
    } else {
      exact += passed * speed * (horizon / WHOLE);
    }
    then = now;
    const last = limit - 1;
    if (last < 0) { // another run took the place of this one and has no week yet
      exact = week;
      return;
    }
    if (exact >= last) {
      exact = last;
      if (!growing) {
        wanted = week = Math.max(0, last);
        stop("end");
        return;
      }
    }
    const next = Math.max(0, Math.floor(exact));
    if (next !== week) {
      wanted = week = next;
      tell("play");
    }
  }

  function stop(cause) {
    playing = false;
    cancel(frame);
    tell(cause);
  }

  const clock = {
    get week() {
      return week;
    },
    /** Whether the week is where it should be, not only as near as the recording goes by now. */
    get arrived() {
      return week === wanted;
    },
    get playing() {
      return playing;
    },
    get limit() {
      return limit;
    },
    get speed() {
      return speed;
    },
    set speed(value) {
      speed = value;
    },
    /** How far the recording goes by now. */
    extend(weeks, more) {
      limit = Math.min(horizon, weeks);
      growing = more;
      if (limit === 0 || (playing && week < limit)) return;
      const target = inside(wanted);
      if (target === week) return;
      exact = week = target;
      tell("wait");
    },
    play() {
      if (playing || limit < 2) return;
      if (!growing && week >= limit - 1) wanted = week = 0; // from the end, play begins anew
      exact = week;
      playing = true;
      then = performance.now();
      frame = request(tick);
      tell("start");
    },
    pause() {
      if (playing) stop("pause");
    },
    toggle: () => (playing ? clock.pause() : clock.play()),
    /** Goes to a week, or as near as the recording allows; with `wait` it goes on there as weeks arrive. */
    seek(to, cause = "seek", wait = false) {
      if (!limit && !wait) return; // nothing to go to yet, and the place is kept
      const next = inside(to);
      wanted = wait ? Math.max(0, Math.min(horizon - 1, Math.round(to))) : next;
      exact = next;
      if (next === week) return;
      week = next;
      tell(cause);
    },
    /** A step by hand ends playing: whoever steps wants to look. */
    step(weeks) {
      clock.pause();
      clock.seek(week + weeks);
    },
    toStart() {
      clock.pause();
      clock.seek(0);
    },
    toEnd() {
      clock.pause();
      clock.seek(limit - 1);
    },
    dispose() {
      playing = false;
      cancel(frame);
    },
  };
  return clock;
}
