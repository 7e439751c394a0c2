// Streams of a recording over HTTP: each asks for the weeks it lacks, in order, and hands them on.

const PATIENCE = [300, 1000, 3000]; // ms; a run that has just ended is somewhere else a moment later

/** How a request failed, as a sentence: the server's own, where it wrote one. */
async function sentence(answer) {
  if (!answer) return "The recording could not be read: the server does not answer.";
  const plain = (answer.headers.get("Content-Type") || "").startsWith("text/plain");
  const words = plain ? (await answer.text()).trim() : "";
  if (words && words.length < 200) return words;
  if (answer.status === 404) return "The recording is no longer there.";
  return `The recording could not be read (the server answered ${answer.status}).`;
}

const pause = (ms) => new Promise((go) => setTimeout(go, ms));

/**
 * One stream. `url(from, to)` gives the address; `take(buffer, from)` gets each piece and tells how many weeks it held;
 * `most` weeks a piece. `changed` is called after it; reach(n) asks for everything up to week n, and asking again while
 * a request is under way is free.
 */
export function feed({ url, take, changed, most = 1040, onError }) {
  const abort = new AbortController();
  const { signal } = abort;
  let have = 0;
  let want = 0;
  let busy = false;

  /** One piece; null if it came, otherwise what stood in the way: {answer, final}. */
  async function piece() {
    let answer = null;
    try {
      answer = await fetch(url(have, Math.min(want, have + most)), { signal });
      if (!answer.ok) return { answer, final: answer.status !== 404 && answer.status < 500 };
      const buffer = await answer.arrayBuffer();
      if (signal.aborted) return null;
      const weeks = take(buffer, have);
      if (!weeks) return { answer: null, final: false };
      have += weeks;
    } catch (failure) {
      if (!signal.aborted && !(failure instanceof TypeError)) console.error(failure);
      return { answer: null, final: false };
    }
    changed();
    return null;
  }

  async function work() {
    if (busy) return;
    busy = true;
    let tries = 0;
    while (have < want && !signal.aborted) {
      const trouble = await piece();
      if (!trouble) {
        tries = 0;
        continue;
      }
      if (trouble.final || tries === PATIENCE.length) {
        if (!signal.aborted) onError(await sentence(trouble.answer));
        break;
      }
      await pause(PATIENCE[tries++]);
    }
    busy = false;
  }

  return {
    reach(weeks) {
      want = Math.max(want, weeks);
      work();
    },
    retry: work,
    stop: () => abort.abort(),
    get have() {
      return have;
    },
    get busy() {
      return busy;
    },
  };
}

const address = (root, id, kind) => `${root}/data/${encodeURIComponent(id)}/${kind}`;

/** Measures week by week: at(week, column) is exactly the recorded number. */
export function seriesFeed(root, id, horizon, measures, changed, onError) {
  const values = new Float64Array(horizon * measures).fill(NaN);
  const stream = feed({
    url: (from, to) => `${address(root, id, "series")}?from=${from}&to=${to}`,
    take: (buffer, from) => {
      const weeks = Math.floor(buffer.byteLength / (8 * measures));
      values.set(new Float64Array(buffer, 0, weeks * measures), from * measures);
      return weeks;
    },
    changed,
    onError,
  });
  return {
    id,
    stream,
    at: (week, column) => (column < 0 ? NaN : values[week * measures + column]),
  };
}

/** Crew by district, week by week: at(week, kind, district), kind 0…3 = home on call, home idle, work, shoots. */
export function mapFeed(root, id, horizon, districts, changed, onError) {
  const values = new Int32Array(horizon * 4 * districts);
  const stream = feed({
    url: (from, to) => `${address(root, id, "map")}?from=${from}&to=${to}`,
    take: (buffer, from) => {
      const weeks = Math.floor(buffer.byteLength / (16 * districts));
      values.set(new Int32Array(buffer, 0, weeks * 4 * districts), from * 4 * districts);
      return weeks;
    },
    changed,
    onError,
  });
  return { id, stream, at: (week, kind, district) => values[(week * 4 + kind) * districts + district] };
}

/** The board's people; everyone is many bytes, so it comes in shorter pieces. */
export function boardFeed(root, id, every, craft, people, changed, onError) {
  const only = craft ? `&craft=${encodeURIComponent(craft)}` : "";
  const stream = feed({
    url: (from, to) => `${address(root, id, "board")}?from=${from}&to=${to}&every=${every}${only}`,
    take: people.decode,
    changed,
    most: every === 1 ? 26 : 260,
    onError,
  });
  return { id, every, craft, people, stream };
}
