// Streams of a recording over HTTP: each asks for the weeks it lacks, in order, and hands them on.

/** How a request failed, as a sentence. */
function sentence(failure) {
  if (failure.status === 404) return "The recording is no longer there.";
  if (failure.status) return `The recording could not be read (the server answered ${failure.status}).`;
  return "The recording could not be read: the server does not answer.";
}

/**
 * One stream. `url(from, to)` gives the address; `take(buffer, from, to)` gets each piece; `most` weeks a piece.
 * `changed` is called after it; reach(n) asks for everything up to week n; asking again while a request is under way is free.
 */
export function feed({ url, take, changed, most = 1040, onError }) {
  const abort = new AbortController();
  let have = 0;
  let want = 0;
  let busy = false;

  async function work() {
    if (busy) return;
    busy = true;
    try {
      while (have < want && !abort.signal.aborted) {
        const to = Math.min(want, have + most);
        const answer = await fetch(url(have, to), { signal: abort.signal });
        if (!answer.ok) throw { status: answer.status };
        const buffer = await answer.arrayBuffer();
        if (abort.signal.aborted) return;
        take(buffer, have, to);
        have = to;
        changed();
      }
    } catch (failure) {
      if (!abort.signal.aborted) {
        if (failure instanceof Error && !(failure instanceof TypeError)) console.error(failure);
        onError(sentence(failure));
      }
    } finally {
      busy = false;
    }
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
  };
}

const address = (root, id, kind) => `${root}/data/${encodeURIComponent(id)}/${kind}`;

/** Measures week by week: at(week, column) is exactly the recorded number. */
export function seriesFeed(root, id, horizon, measures, changed, onError) {
  const values = new Float64Array(horizon * measures).fill(NaN);
  const stream = feed({
    url: (from, to) => `${address(root, id, "series")}?from=${from}&to=${to}`,
    take: (buffer, from, to) => {
      values.set(new Float64Array(buffer, 0, (to - from) * measures), from * measures);
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
    take: (buffer, from, to) => {
      values.set(new Int32Array(buffer, 0, (to - from) * 4 * districts), from * 4 * districts);
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
