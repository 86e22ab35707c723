import {
  describeAgo,
  type Finding,
  type KubeObject,
  LABELS,
} from '@callboard/plugin-callboard-common';
import {
  assessObjects,
  describeConfidence,
  diagnose,
} from '@callboard/plugin-callboard-core';
import { isObject, readObject } from '../health/readObjects';
import type { Explainer, Explanation } from './Explainer';

/** Explains objects of an app on a cluster: the problems that the app's page would show. */
export const explainObjects: Explainer = {
  reads: 'objects of an app on a cluster, with --events and --logs',
  accepts: isObject,
  explain(documents, now, evidence): Explanation {
    const all = documents.map(readObject);
    const objects = all.filter(({ kind }) => kind !== 'Event');
    const events = [
      ...all.filter(({ kind }) => kind === 'Event'),
      ...evidence.events.map(readObject),
    ];
    const logs = Object.fromEntries(
      objects
        .filter(({ kind }) => kind === 'Pod')
        .map(({ metadata }) => [metadata.name, evidence.logs]),
    );
    const named = nameApp(objects);
    const findings = diagnose({ ...named, objects, events, logs }, now);
    return findings.length === 0
      ? {
          text: describeHealth(named.app, objects, now),
          json: { findings },
          exitCode: 0,
        }
      : {
          text: findings
            .map(finding => formatFinding(finding, now))
            .join('\n\n'),
          json: { findings },
          exitCode: 1,
        };
  },
};

/** Names by Callboard's labels, otherwise by the objects' own names. */
function nameApp(objects: KubeObject[]): {
  app: string;
  environment: string;
  cluster: string;
} {
  const label = (key: string) =>
    objects.map(({ metadata }) => metadata.labels?.[key]).find(Boolean);
  const workload =
    objects.find(({ kind }) => kind !== 'Pod' && kind !== 'Node') ?? objects[0];
  const namespace = objects
    .map(({ metadata }) => metadata.namespace)
    .find(Boolean);
  return {
    app:
      label(LABELS.app) ??
      label(LABELS.name) ??
      workload?.metadata.name ??
      'it',
    environment: label(LABELS.environment) ?? namespace ?? 'this environment',
    cluster: 'this cluster',
  };
}

function describeHealth(app: string, objects: KubeObject[], now: Date): string {
  const { status, message } = assessObjects(objects, now);
  return `Nothing wrong was found. ${app} is ${status.toLowerCase()}: ${message}.`;
}

function formatFinding(finding: Finding, now: Date): string {
  const {
    what,
    evidence,
    excerpt = [],
    logTail,
    since,
    changedBefore,
    next,
    confidence,
  } = finding;
  return [
    `${what}.`,
    ...excerpt.map(line => `  | ${line}`),
    ...evidence.map(({ label, value }) => `  ${label}: ${value}`),
    ...(logTail.length > 0
      ? ['  Last lines of output:', ...logTail.map(line => `    ${line}`)]
      : []),
    ...(since
      ? [`  Since ${since}, ${describeAgo(new Date(since), now)}`]
      : []),
    ...(changedBefore ? [`  Just before: ${changedBefore}`] : []),
    `  ${describeConfidence(confidence)}`,
    `Next: ${next}.`,
  ].join('\n');
}
