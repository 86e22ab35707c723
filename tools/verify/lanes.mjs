// Runs parts in lanes: as many at once as fit into the lanes, in the order of the
// list, but never two that get in each other's way.
//
// A part may say
//   after  names of parts that must have ended before it starts
//   quiet  true: measures times or fills the machine; only light parts run beside it
//   light  true: computes on one core and waits for nobody
//   alone  true: measures what anything beside it would disturb
//   waits  true: waits for other processes more than half of its time, so that two
//          such parts share a lane

/**
 * The waiting part that starts now. Pure.
 *
 * @param waiting, running - parts in the order of the list
 * @param lanes - how many there are
 * @returns undefined while all that wait must wait for what runs; never when nothing runs
 */
export function chooseNext(waiting, running, lanes) {
  const unfinished = new Set([...waiting, ...running].map(({ name }) => name));
  const lanesOf = ({ waits }) => (waits && lanes > 1 ? 0.5 : 1);
  const free = running.reduce((rest, part) => rest - lanesOf(part), lanes);
  return waiting.find(
    part =>
      lanesOf(part) <= free &&
      !(part.after ?? []).some(name => unfinished.has(name)) &&
      running.every(other => canRunBeside(part, other)),
  );
}

function canRunBeside(part, other) {
  if (part.alone || other.alone) return false;
  return (!part.quiet || other.light) && (!other.quiet || part.light);
}

/**
 * Runs every part once.
 *
 * @param runPart - takes a part and resolves with its result
 * @returns the results in the order of the list
 */
export async function runLanes(parts, { lanes, runPart }) {
  const results = new Map();
  const waiting = [...parts];
  const running = new Map();
  while (waiting.length + running.size > 0) {
    for (;;) {
      const next = chooseNext(waiting, [...running.keys()], lanes);
      if (!next) break;
      waiting.splice(waiting.indexOf(next), 1);
      running.set(
        next,
        runPart(next).then(result => {
          results.set(next, result);
          running.delete(next);
        }),
      );
    }
    if (running.size === 0)
      throw new Error(
        `Parts wait for each other: ${waiting.map(p => p.name).join(', ')}`,
      );
    await Promise.race(running.values());
  }
  return parts.map(part => results.get(part));
}
