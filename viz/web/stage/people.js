// Everybody on the board in any week. The stream holds changes only; keyframes make both directions fast, and
// tallies per craft and column are kept for every week, because most pictures need only those.

const KEYFRAME = 16; // weeks between full copies of the states
const ON_AI = 8; // bit 3 of a state: the title is made by or with AI

function grown(array, length) {
  if (array.length >= length) return array;
  const larger = new array.constructor(Math.max(length, array.length * 2));
  larger.set(array);
  return larger;
}

export function createPeople(horizon, crafts) {
  const cells = crafts * 16; // craft × state, with and without AI
  const place = new Int32Array(1 << 20).fill(-1); // worker row → order of arrival
  const arrived = new Int32Array(horizon + 1); // how many people there are in each week
  const tallies = new Int32Array(horizon * cells);
  const peaks = new Int32Array(cells / 2); // the most that a craft × column ever held
  const running = new Int32Array(cells);
  const changes = []; // per week: the words of the stream
  const keyframes = []; // every KEYFRAME weeks: {states, crafts}
  let rows = new Int32Array(4096);
  let districts = new Uint8Array(4096);
  let states = new Uint8Array(4096); // of the week `at`
  let craftOf = new Uint8Array(4096);
  let newcomers = new Uint8Array(4096); // craft on arrival
  let decoded = 0;
  let total = 0;
  let at = -1;

  function arrive(word) {
    const row = word & 0xfffff;
    if (place[row] >= 0) return;
    rows = grown(rows, total + 1);
    districts = grown(districts, total + 1);
    states = grown(states, total + 1);
    craftOf = grown(craftOf, total + 1);
    newcomers = grown(newcomers, total + 1);
    rows[total] = row;
    newcomers[total] = (word >>> 20) & 31;
    districts[total] = (word >>> 25) & 31;
    place[row] = total++;
  }

  function apply(week) {
    const before = week > 0 ? arrived[week - 1] : 0;
    for (let person = before; person < arrived[week]; person++) {
      states[person] = 0;
      craftOf[person] = newcomers[person];
    }
    for (const word of changes[week]) {
      const person = place[word & 0xfffff];
      if (person < 0) continue;
      states[person] = (word >>> 20) & 15;
      craftOf[person] = word >>> 24;
    }
    at = week;
  }

  /** Like apply, and keeps count: used once per week, when it arrives. */
  function applyFirst(week) {
    const before = week > 0 ? arrived[week - 1] : 0;
    for (let person = before; person < total; person++) {
      states[person] = 0;
      craftOf[person] = newcomers[person];
      running[craftOf[person] * 16]++;
    }
    for (const word of changes[week]) {
      const person = place[word & 0xfffff];
      if (person < 0) continue;
      running[craftOf[person] * 16 + states[person]]--;
      states[person] = (word >>> 20) & 15;
      craftOf[person] = word >>> 24;
      running[craftOf[person] * 16 + states[person]]++;
    }
    tallies.set(running, week * cells);
    for (let craft = 0; craft < crafts; craft++) {
      for (let column = 0; column < 8; column++) {
        const n = running[craft * 16 + column] + running[craft * 16 + column + ON_AI];
        if (n > peaks[craft * 8 + column]) peaks[craft * 8 + column] = n;
      }
    }
    if (week % KEYFRAME === 0) keyframes.push({ states: states.slice(0, total), crafts: craftOf.slice(0, total) });
    at = week;
  }

  /** Takes the next weeks of the stream, as many as are in the buffer, and tells how many. */
  function decode(buffer, from) {
    const words = new Uint32Array(buffer);
    seek(decoded - 1);
    let next = 0;
    let week = from;
    for (; next < words.length && week < horizon; week++) {
      const fresh = words[next++];
      const moved = words[next++];
      for (let i = 0; i < fresh; i++) arrive(words[next + i]);
      next += fresh;
      changes[week] = words.slice(next, next + moved); // a copy, so that the answer's buffer can go
      next += moved;
      // In the stream of one craft, whoever came to it from another is first heard of by a change.
      for (const word of changes[week]) {
        if (place[word & 0xfffff] < 0) arrive((word & 0xfffff) | ((word >>> 24) & 31) << 20);
      }
      arrived[week] = total;
      applyFirst(week);
      decoded = week + 1;
    }
    return week - from;
  }

  /** Brings the states to a week; costs at most KEYFRAME weeks of changes, in either direction. */
  function seek(week) {
    if (week < 0 || week >= decoded && week !== at || week === at) return week === at;
    const frame = Math.floor(week / KEYFRAME);
    if (week < at || frame * KEYFRAME > at) {
      states.set(keyframes[frame].states);
      craftOf.set(keyframes[frame].crafts);
      at = frame * KEYFRAME;
    }
    while (at < week) apply(at + 1);
    return true;
  }

  /** The worker rows of a cell, in the order in which their marks are packed: AI titles last, then by row. */
  function cell(week, craft, column) {
    if (!seek(week)) return [];
    const plain = [];
    const withAi = [];
    for (let person = 0; person < arrived[week]; person++) {
      if (craftOf[person] !== craft || (states[person] & 7) !== column) continue;
      (states[person] & ON_AI ? withAi : plain).push(rows[person]);
    }
    return plain.concat(withAi);
  }

  return {
    decode,
    cell,
    peaks,
    get weeks() {
      return decoded;
    },
    count: (week, craft, column) => tallies[week * cells + craft * 16 + column],
    countAi: (week, craft, column) => tallies[week * cells + craft * 16 + column + ON_AI],
    /** Where one worker stands: {craft, column, ai, district}, or null before they came. */
    whereabouts(week, row) {
      const person = place[row];
      if (!(person >= 0) || week >= decoded || person >= arrived[week] || !seek(week)) return null;
      return { craft: craftOf[person], column: states[person] & 7, ai: (states[person] & ON_AI) > 0,
        district: districts[person] };
    },
    /** FNV-1a (32 bits) over the states of everybody in order of arrival. */
    digest(week) {
      if (!seek(week)) return "";
      let hash = 0x811c9dc5;
      for (let person = 0; person < arrived[week]; person++) {
        hash = Math.imul(hash ^ states[person], 0x01000193) >>> 0;
      }
      return hash.toString(16).padStart(8, "0");
    },
  };
}
