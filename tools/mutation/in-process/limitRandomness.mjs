/**
 * fast-check with few rounds, always the same ones, and no search for a
 * smaller example: a mutant is killed by a random test soon or not at all.
 */
export function limitRandomness(fastCheck, rounds) {
  const assert = (property, settings) =>
    fastCheck.assert(property, {
      ...settings,
      numRuns: Math.min(settings?.numRuns ?? 100, rounds),
      seed: 1,
      endOnFailure: true,
    });
  const limited = { ...fastCheck, assert };
  return { ...limited, default: limited, __esModule: true };
}
