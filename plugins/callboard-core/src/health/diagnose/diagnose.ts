import {
  type Finding,
  type KubeObject,
  LABELS,
} from '@callboard/plugin-callboard-common';
import { speaksFor } from '../countInstances';
import { numberAt } from '../fields';
import type { Evidence } from '../types';
import {
  CAUSE_ORDER,
  type Cause,
  type CauseWords,
  type Occurrence,
} from './cause';
import { CAUSE_RULES } from './causes';
import { maskSecrets } from './maskSecrets';
import {
  adviseOn,
  describeSubject,
  readLines,
  readOutputError,
  tailOf,
} from './output';
import { describeCause } from './sentences/describeCause';
import { type Situation, readSituation, workloadOf } from './situation';
import { nameSubject } from './subject';

const LONGEST_VALUE = 500;

/** Effects, reported only where no deeper cause was found for the same workload. */
const EFFECTS = new Set<Cause['code']>([
  'stuck-rollout',
  'job-failed',
  'instances-refused',
]);

/** Problems of the cluster itself: an instance that it cannot end prevents the next release from starting. */
const OF_ANY_RELEASE = new Set<Cause['code']>([
  'node-lost',
  'evicted',
  'ignores-stop',
]);

/** The program has ended: its last output gives the reason. */
const ENDS = new Set<Cause['code']>([
  'crashed-at-start',
  'crashed',
  'job-failed',
]);

/**
 * Finds what is wrong with an app in one environment on one cluster, in a
 * developer's words.
 *
 * @returns one finding per cause, the deeper first; empty when nothing is
 *   wrong. The same cause on several instances is one finding. Every text is
 *   masked and bounded; the order of the evidence does not matter.
 */
export function diagnose(evidence: Evidence, now: Date): Finding[] {
  const situation = readSituation(evidence, now);
  const occurrences = CAUSE_RULES.flatMap(rule => rule(situation)).filter(
    occurrence => isOfWantedRelease(occurrence, situation),
  );
  return groupOccurrences(dropEffects(occurrences))
    .sort(byDepth)
    .map(group => writeFinding(group, situation));
}

/**
 * Returns whether it is a problem of the desired release. Problems of an
 * instance of the release before end with that instance, even where it stays
 * for long because the new release does not get ready.
 */
function isOfWantedRelease(
  { cause, instance: name, workload }: Occurrence,
  situation: Situation,
): boolean {
  const instance = situation.instances.find(each => each.name === name);
  if (!instance || OF_ANY_RELEASE.has(cause.code)) return true;
  const owner = findOwner(workload, situation);
  const wanted = owner && releaseOf(owner);
  const release = releaseOf(instance.pod);
  return release === undefined || wanted === undefined || release === wanted;
}

function dropEffects(occurrences: Occurrence[]): Occurrence[] {
  const explained = occurrences.filter(({ cause }) => !EFFECTS.has(cause.code));
  return occurrences.filter(
    ({ cause, workload }) =>
      !EFFECTS.has(cause.code) ||
      !explained.some(
        deeper =>
          deeper.workload === workload ||
          deeper.workload === undefined ||
          workload === undefined,
      ),
  );
}

/** Groups same cause, workload and container into one finding for all instances. The first facts are used. */
function groupOccurrences(occurrences: Occurrence[]): Occurrence[][] {
  const groups = new Map<string, Occurrence[]>();
  for (const occurrence of occurrences) {
    const key = [
      occurrence.cause.code,
      occurrence.workload,
      occurrence.container,
      keyOf(occurrence.cause),
    ].join('\n');
    groups.set(key, [...(groups.get(key) ?? []), occurrence]);
  }
  return [...groups.values()];
}

/** Returns what makes two causes of one code different for a reader. */
function keyOf(cause: Cause): string {
  switch (cause.code) {
    case 'crashed':
    case 'crashed-at-start':
      return String(cause.ending.exitCode);
    case 'missing-object':
    case 'missing-key':
      return cause.name;
    case 'node-lost':
      return cause.node;
    case 'job-failed':
      return cause.task;
    case 'probe-failed':
    case 'bad-port':
      return cause.check;
    case 'quota-exceeded':
      return cause.quota;
    case 'admission-refused':
      return cause.rule ?? '';
    default:
      return '';
  }
}

function byDepth([a]: Occurrence[], [b]: Occurrence[]): number {
  const depth =
    CAUSE_ORDER.indexOf(a.cause.code) - CAUSE_ORDER.indexOf(b.cause.code);
  if (depth !== 0) return depth;
  return `${a.workload}/${a.container}` < `${b.workload}/${b.container}`
    ? -1
    : 1;
}

/** Returns the controller of a workload's instances, where it replaces them release by release. */
function findOwner(
  workload: string | undefined,
  { owners }: Situation,
): KubeObject | undefined {
  return owners.find(
    object =>
      object.metadata.ownerReferences === undefined &&
      numberAt(object, 'spec', 'replicas') !== undefined &&
      workloadOf(object) === workload,
  );
}

/**
 * Counts the instances that a finding concerns, of those desired: instances
 * that a rollout replaces are not counted twice.
 */
function countConcerned(
  group: readonly Occurrence[],
  situation: Situation,
): { count: number; of: number } {
  const names = new Set(group.flatMap(({ instance }) => instance ?? []));
  const [{ workload }] = group;
  const owner = findOwner(workload, situation);
  const release = owner && releaseOf(owner);
  const all = situation.instances.filter(
    instance =>
      instance.workload === workload &&
      speaksFor(
        { release: releaseOf(instance.pod), isLeaving: instance.isLeaving },
        release,
      ),
  );
  const of = (owner && numberAt(owner, 'spec', 'replicas')) ?? all.length;
  const count = all.filter(({ name }) => names.has(name)).length;
  return { count: Math.min(count, of), of };
}

function releaseOf(object: KubeObject): number | undefined {
  const release = Number(object.metadata.labels?.[LABELS.release]);
  return Number.isInteger(release) ? release : undefined;
}

function writeFinding(group: Occurrence[], situation: Situation): Finding {
  const [first] = group;
  const output = first.withOutput ? outputOf(group, situation) : [];
  const error = readOutputError(output, {
    hasEnded: ENDS.has(first.cause.code),
  });
  const words = describeCause(first.cause, {
    ...nameSubject(first, situation),
    ...(error?.subject && { because: describeSubject(error.subject) }),
  });
  const concerned = countConcerned(group, situation);
  const evidence = words.evidence.map(({ label, value }) => ({
    label,
    value: shorten(maskSecrets(value).replace(/\s+/g, ' ').trim()),
  }));
  if (concerned.count > 0 && concerned.of > 1) {
    evidence.push({
      label: 'Instances',
      value: `${concerned.count} of ${concerned.of}`,
    });
  }
  const since = earliest(group);
  return {
    code: first.cause.code,
    what: shorten(maskSecrets(sentenceOf(words))),
    ...(words.cause !== undefined && {
      cause: shorten(maskSecrets(words.cause)),
    }),
    evidence,
    ...(error && { excerpt: error.excerpt }),
    logTail: tailOf(output),
    ...(since && { since: since.toISOString() }),
    next: maskSecrets(error?.subject ? adviseOn(error.subject) : words.next),
    ...(group.some(({ isConclusive }) => isConclusive) && {
      conclusive: true,
    }),
    confidence: group.every(({ isCertain }) => isCertain)
      ? 'certain'
      : 'likely',
    cluster: situation.evidence.cluster,
    ...(first.workload !== undefined && { workload: first.workload }),
  };
}

function sentenceOf({ effect, cause }: CauseWords): string {
  return cause === undefined ? effect : `${effect}: ${cause}`;
}

/** Lines of output of the first instance that has output; for a rollout or a task, of any instance of the workload. */
function outputOf(
  group: Occurrence[],
  { evidence, instances }: Situation,
): string[] {
  const named = group.flatMap(({ instance }) => instance ?? []);
  const candidates =
    named.length > 0
      ? named
      : instances
          .filter(({ workload }) => workload === group[0].workload)
          .map(({ name }) => name);
  for (const name of candidates) {
    const lines = readLines(
      Object.hasOwn(evidence.logs, name) ? evidence.logs[name] : undefined,
    );
    if (lines.length > 0) return lines;
  }
  return [];
}

function earliest(group: Occurrence[]): Date | undefined {
  const times = group.flatMap(({ since }) =>
    since && since.getTime() > 0 ? [since.getTime()] : [],
  );
  return times.length > 0 ? new Date(Math.min(...times)) : undefined;
}

function shorten(text: string): string {
  return text.length <= LONGEST_VALUE
    ? text
    : `${text.slice(0, LONGEST_VALUE - 1)}…`;
}
