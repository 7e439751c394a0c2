// The recordings that the stage shows: the run, the baseline and the ghost, each with the streams it needs.

import { boardFeed, mapFeed, seriesFeed } from "./feed.js";
import { createPeople } from "./people.js";

/** `grew()` is called when weeks arrived, `failed(sentence)` when they could not. */
export function createWorlds({ meta, grew, failed }) {
  const { root, horizon } = meta;
  let run = null; // {id, filled, series, map, board}
  let base = null;
  let ghost = null;
  let wish = { craft: null, everyone: false }; // what the board is asked to show
  let special = null; // the board's source while it shows one craft or everyone

  const series = (id) => seriesFeed(root, id, horizon, meta.measures.length, grew, failed);
  const board = (id, every, craft) => boardFeed(root, id, every, craft,
    createPeople(horizon, Math.max(32, meta.crafts.length)), grew, failed);

  function open(state) {
    return { id: state.id, filled: 0, every: state.every || 10, series: series(state.id),
      map: mapFeed(root, state.id, horizon, meta.districts.length, grew, failed),
      board: board(state.id, state.every || 10, null) };
  }

  function streams() {
    return [run?.series, run?.map, run?.board, special, base, ghost].filter(Boolean).map(({ stream }) => stream);
  }

  const close = (...sources) => sources.forEach((source) => source?.stream.stop());

  /** Opens what the wish names, if the present source does not show it. */
  function grant() {
    const every = wish.craft || wish.everyone ? 1 : 0;
    const fits = special && special.id === run?.id && special.craft === wish.craft;
    if (!every || !run || run.every === 1 && !wish.craft) {
      close(special);
      special = null;
    } else if (!fits) {
      close(special);
      special = board(run.id, 1, wish.craft);
    }
    special?.stream.reach(run.filled);
  }

  /** Series of a world that is only compared with: the same object as long as the id is the same. */
  function beside(present, state) {
    if (!state?.id) {
      close(present);
      return null;
    }
    let next = present;
    if (present?.id !== state.id) {
      close(present);
      next = series(state.id);
    }
    next.stream.reach(Math.min(horizon, state.filled ?? horizon));
    return next;
  }

  return {
    take(state) {
      if (!state?.id) {
        if (run) close(run.series, run.map, run.board, special);
        [run, special] = [null, null];
        return;
      }
      if (run?.id !== state.id) {
        if (run) close(run.series, run.map, run.board);
        run = open(state);
      }
      run.filled = Math.min(horizon, state.filled || 0);
      for (const part of [run.series, run.map, run.board]) part.stream.reach(run.filled);
      grant();
    },
    takeBase(state) {
      base = beside(base, state);
    },
    takeGhost(state) {
      ghost = beside(ghost, state);
    },
    ask(change) {
      wish = { ...wish, ...change };
      if (change.craft !== undefined) wish.everyone = false;
      grant();
      grew();
    },
    retry: () => streams().forEach((stream) => stream.retry()),
    dispose: () => streams().forEach((stream) => stream.stop()),
    get run() {
      return run;
    },
    get base() {
      return base;
    },
    get ghost() {
      return ghost;
    },
    /** Whether weeks of any world are on their way. */
    get busy() {
      return streams().some((stream) => stream.busy);
    },
    /** Weeks that every picture of the run can show. */
    get ready() {
      return run ? Math.min(run.series.stream.have, run.map.stream.have, run.board.stream.have) : 0;
    },
    /** The board's source for a week: the special one once it reaches that far, the sample until then. */
    boardFor: (week) => (special && special.people.weeks > week ? special : run?.board),
    /** How far a special source has come, while it is not the one that is shown. */
    coming: (week) => (special && special.people.weeks <= week ? special : null),
  };
}
