import { describeBytes } from '@callboard/plugin-callboard-common';
import { formatMemory } from '../quantity';
import { USAGE_STEP_MS } from './usageSeries';

const MEBIBYTE = 1024 ** 2;
const DAY_MS = 24 * 3_600_000;
/** A shorter measurement is not enough: a week has a weekend, and a day has a night. */
const FEWEST_POINTS = (3 * DAY_MS) / USAGE_STEP_MS;
/** Smaller savings are not worth a change. */
const LEAST_SAVED_BYTES = 64 * MEBIBYTE;
/** Factor above the peak. */
const HEADROOM = 1.25;
const ROUND_TO_BYTES = 16 * MEBIBYTE;
const NEAR_LIMIT = 0.9;

/** Memory of one container of an app in an environment. */
export interface MemoryFacts {
  environment: string;
  workload: string;
  container: string;
  /** Request of its replicas, the largest of all clusters; undefined where it requests nothing. */
  requestBytes?: number;
  limitBytes?: number;
  /** The highest use of any replica. */
  peakBytes: number;
  /** Intervals with a measurement, on the cluster with the most. */
  points: number;
}

/** A change of app.yaml that the measurements suggest. */
export interface MemoryAdvice {
  kind: 'lower-request' | 'raise-limit';
  workload: string;
  container: string;
  /** Measured use, compared with the request. */
  sentence: string;
  /** The change, with its reason. */
  next: string;
  /** Lines of app.yaml, complete from `spec:` on. */
  lines: string;
}

/**
 * Recommends the memory of a container: more where its use comes near the
 * limit, less where it requests at least twice its need with headroom. Nothing
 * before it was measured for three days in all.
 */
export function adviseMemory(facts: MemoryFacts): MemoryAdvice | undefined {
  const { requestBytes, limitBytes, peakBytes, points } = facts;
  if (points < FEWEST_POINTS) return undefined;
  const enough =
    Math.ceil((peakBytes * HEADROOM) / ROUND_TO_BYTES) * ROUND_TO_BYTES;
  const days = Math.min(7, Math.floor((points * USAGE_STEP_MS) / DAY_MS));
  const used = `used ${describeBytes(peakBytes)} at most in ${days} days`;
  if (limitBytes !== undefined && peakBytes >= NEAR_LIMIT * limitBytes)
    return {
      ...pick(facts),
      kind: 'raise-limit',
      sentence: `${nameOf(facts)} ${used}, of the ${describeBytes(
        limitBytes,
      )} that it may have`,
      next: `At its limit it is ended. ${describeBytes(
        enough,
      )} leaves a quarter above the most that it used.`,
      lines: linesFor(facts, { limits: enough }),
    };
  if (
    requestBytes !== undefined &&
    requestBytes >= 2 * enough &&
    requestBytes - enough >= LEAST_SAVED_BYTES
  )
    return {
      ...pick(facts),
      kind: 'lower-request',
      sentence: `${nameOf(facts)} asks for ${describeBytes(
        requestBytes,
      )}, ${used}`,
      next: `${describeBytes(
        enough,
      )} leaves a quarter above the most that it used, and gives ${describeBytes(
        requestBytes - enough,
      )} back for each instance.`,
      lines: linesFor(facts, { requests: enough }),
    };
  return undefined;
}

function pick({ workload, container }: MemoryFacts) {
  return { workload, container };
}

function nameOf({ workload, container }: MemoryFacts): string {
  return container === 'main' || container === workload
    ? workload
    : `${container} of ${workload}`;
}

function linesFor(
  { environment, workload, container }: MemoryFacts,
  amounts: { requests?: number; limits?: number },
): string {
  const fields = Object.entries(amounts).map(
    ([field, bytes]) => `${field}: { memory: ${formatMemory(bytes)} }`,
  );
  return [
    'spec:',
    '  environments:',
    `    - name: ${environment}`,
    '      overrides:',
    '        - clusters: {}',
    '          resources:',
    `            ${workload}:`,
    `              ${container}:`,
    ...fields.map(field => `                ${field}`),
    '',
  ].join('\n');
}
