import type { PolicyFile } from '@callboard/plugin-callboard-common';
import type { StepMeter } from '../cel';
import { compareText } from '../placement/selectors';
import { type CompiledValidation, compilePolicy } from './compilePolicy';
import {
  choosesClusters,
  matchesCluster,
  matchesSubject,
} from './matchesPolicy';
import { PolicyVariables } from './PolicyVariables';
import type {
  PolicyException,
  PolicyFinding,
  PolicyPlace,
  PolicySubject,
  PolicyVerdict,
} from './types';

const MOST_FINDINGS = 20; // of one policy; the others are counted
const MOST_TURNS = 10_000; // of the loops of one expression: objects have lists of hundreds
const MOST_WORK = 1_000_000; // expressions and turns of loops in one judgement
const MODES = ['deny', 'warn', 'audit'];

/** Result of an expression at one place: undefined where it is true. */
type Outcome = { failure?: string } | undefined;
interface ObjectOutcome {
  outcome: Outcome;
  object?: PolicyFinding['object'];
}

/**
 * Returns the policies that a release violates in an environment, those that
 * deny first, then by name. An expression that cannot be evaluated is a
 * violation, so that nothing unchecked is let through.
 *
 * Pure and bounded: an evaluation that takes more work than `MOST_WORK` fails.
 */
export function judgePolicies(
  files: readonly PolicyFile[],
  subject: PolicySubject,
  {
    exceptions = [],
    now,
  }: { exceptions?: readonly PolicyException[]; now: Date },
): PolicyVerdict[] {
  const work: StepMeter = { left: MOST_WORK };
  const variables = new PolicyVariables(subject);
  const verdicts = files.flatMap((file): PolicyVerdict[] => {
    const { match = {}, mode } = file.spec;
    if (!matchesSubject(match, subject)) return [];
    const places = subject.places.filter(({ cluster }) =>
      matchesCluster(match, cluster),
    );
    if (places.length === 0 && choosesClusters(match)) return [];
    const findings = compilePolicy(file).flatMap(validation =>
      judgeValidation(validation, places, { variables, work }),
    );
    if (findings.length === 0) return [];
    const { name, title = name } = file.metadata;
    const verdict = {
      name,
      title,
      mode,
      findings: findings.slice(0, MOST_FINDINGS),
      count: findings.length,
    };
    const of = { app: subject.app.name, environment: subject.environment.name };
    return [withException(verdict, of, { exceptions, now })];
  });
  return verdicts.sort(
    (a, b) =>
      MODES.indexOf(a.mode) - MODES.indexOf(b.mode) ||
      compareText(a.name, b.name),
  );
}

/** Adds to a verdict the exception from its policy that holds longest, if any. */
export function withException(
  { exception: _before, ...verdict }: PolicyVerdict,
  { app, environment }: { app: string; environment: string },
  { exceptions, now }: { exceptions: readonly PolicyException[]; now: Date },
): PolicyVerdict {
  const targets = [app, `${app}/${environment}`];
  const [exception] = exceptions
    .filter(
      ({ policy, target, until }) =>
        policy === verdict.name && targets.includes(target) && until > now,
    )
    .sort((a, b) => b.until.getTime() - a.until.getTime());
  return { ...verdict, ...(exception && { exception }) };
}

interface Judging {
  variables: PolicyVariables;
  work: StepMeter;
}

function judgeValidation(
  validation: CompiledValidation,
  places: readonly PolicyPlace[],
  judging: Judging,
): PolicyFinding[] {
  const { readsCluster, readsObject } = validation;
  if (!readsCluster && !readsObject) {
    const outcome = evaluate(validation, judging.variables.ofRelease, judging);
    return outcome ? [findingOf(validation, { outcome }, [])] : [];
  }
  const known = new Map<unknown, ObjectOutcome[]>();
  const findings = new Map<
    string,
    { found: ObjectOutcome; clusters: string[] }
  >();
  for (const place of places) {
    if (readsCluster && !place.cluster) continue;
    // Most clusters hold the same objects.
    const isOwn = readsCluster || place.fault !== undefined;
    const key = isOwn ? place : place.objects;
    const outcomes = known.get(key) ?? judgePlace(validation, place, judging);
    known.set(key, outcomes);
    for (const found of outcomes) {
      const id = JSON.stringify([found.object, found.outcome]);
      const before = findings.get(id) ?? { found, clusters: [] };
      if (place.cluster) before.clusters.push(place.cluster.name);
      findings.set(id, before);
    }
  }
  return [...findings.values()].map(({ found, clusters }) =>
    findingOf(validation, found, clusters),
  );
}

/** Returns the findings at one place. */
function judgePlace(
  validation: CompiledValidation,
  place: PolicyPlace,
  judging: Judging,
): ObjectOutcome[] {
  const of = judging.variables.ofPlace(place);
  if (!validation.readsObject) {
    const outcome = evaluate(validation, of, judging);
    return outcome ? [{ outcome }] : [];
  }
  if (place.fault !== undefined) return [{ outcome: { failure: place.fault } }];
  return place.objects.flatMap((object): ObjectOutcome[] => {
    const variables = judging.variables.ofObject(object);
    if (validation.readsPod && !('pod' in variables)) return [];
    const outcome = evaluate(validation, { ...of, ...variables }, judging);
    const { kind, metadata } = object;
    return outcome ? [{ outcome, object: { kind, name: metadata.name } }] : [];
  });
}

function evaluate(
  { program }: CompiledValidation,
  variables: object,
  { work }: Judging,
): Outcome {
  work.left -= 1;
  if (work.left <= 0)
    return { failure: 'all policies together take too much work' };
  const allowed = Math.min(MOST_TURNS, work.left);
  const meter: StepMeter = { left: allowed };
  const outcome = program.evaluate(variables, meter);
  work.left -= allowed - meter.left;
  switch (outcome.kind) {
    case 'true':
      return undefined;
    case 'false':
      return {};
    case 'not-a-boolean':
      return { failure: 'its expression is neither true nor false' };
    default:
      return { failure: outcome.why };
  }
}

function findingOf(
  { message, next }: CompiledValidation,
  { outcome, object }: ObjectOutcome,
  clusters: readonly string[],
): PolicyFinding {
  return {
    message,
    ...(next !== undefined && { next }),
    ...(outcome?.failure !== undefined && { failure: outcome.failure }),
    ...(object && { object }),
    clusters: [...clusters].sort(compareText),
  };
}
