import {
  type AppEnvironment,
  type ClusterDiff,
  type FieldDiff,
  type ObjectDiff,
  type PlacementAnswer,
  type ReleaseDetails,
  type ReleaseDiff,
  countOf,
  listOf,
} from '@callboard/plugin-callboard-common';
import {
  changeOf,
  describeDeploy,
  endSentence,
  isBadOutcome,
} from '@callboard/plugin-callboard-core';
import { cutText } from './formatTable';

const MOST_OBJECTS = 20; // of a group of clusters
const MOST_FIELDS = 8; // of an object
const MOST_CHARACTERS = 100;
const WORDS = { added: 'New', changed: 'Changed', removed: 'Removed' } as const;

/** Describes the effects of a promotion, as the page does before it is confirmed. */
export function describeChanges({
  environment,
  release,
  releases,
  changes,
  placement,
}: {
  environment: AppEnvironment;
  release: number;
  releases: readonly ReleaseDetails[];
  changes: ReleaseDiff;
  placement: PlacementAnswer;
}): string[] {
  const { title, release: current, rollout } = environment;
  const change = changeOf(release, environment, releases);
  const known = releases.find(({ number }) => number === release);
  const warnings = known?.outcomes.filter(isBadOutcome) ?? [];
  return [
    describeDeploy(release, title, change).title,
    `  ${
      current === null
        ? `It is the first in ${title}.`
        : `It replaces ${change === 'older' ? 'the newer ' : ''}release ${
            current.number
          }.`
    }`,
    ...(known && known.outcomes.length === 0
      ? ['  It never ran anywhere.']
      : []),
    ...warnings.map(({ sentence }) => `  ${endSentence(sentence)}`),
    ...(rollout && rollout.phase !== 'done'
      ? [`  The rollout of release ${rollout.release} ends.`]
      : []),
    `  ${describeDestination(placement)}`,
    `  ${endSentence(changes.sentence)}`,
    ...changes.data.map(({ sentence }) => `  ${endSentence(sentence)}`),
    ...describeGroups(changes.groups).map(line => `  ${line}`),
  ];
}

/** Lists the changed fields of objects, by group of clusters. */
export function describeGroups(groups: readonly ClusterDiff[]): string[] {
  return groups.flatMap(describeGroup);
}

function describeDestination({
  verdicts,
  satisfied,
  message,
}: PlacementAnswer): string {
  const chosen = verdicts
    .filter(({ verdict }) => verdict === 'chosen')
    .map(({ cluster }) => cluster);
  if (chosen.length === 0) return message;
  const where = `It goes to ${countOf(chosen.length, 'cluster')}: ${listOf(
    chosen,
  )}.`;
  return satisfied ? where : `${where} ${message}`;
}

function describeGroup({ clusters, objects, more }: ClusterDiff): string[] {
  const left = more + Math.max(0, objects.length - MOST_OBJECTS);
  return [
    `On ${listOf(clusters)}`,
    ...objects.slice(0, MOST_OBJECTS).flatMap(describeObject),
    ...(left > 0 ? [`  and ${countOf(left, 'more object')}`] : []),
  ];
}

function describeObject({
  change,
  kind,
  name,
  fields,
  more,
}: ObjectDiff): string[] {
  const left = more + Math.max(0, fields.length - MOST_FIELDS);
  return [
    `  ${WORDS[change]} ${kind} ${name}`,
    ...fields.slice(0, MOST_FIELDS).map(field => `    ${describeField(field)}`),
    ...(left > 0 ? [`    and ${countOf(left, 'more field')}`] : []),
  ];
}

function describeField({ path, before, after }: FieldDiff): string {
  if (before === undefined) return `${path}: new, ${cut(after ?? '')}`;
  if (after === undefined) return `${path}: gone, was ${cut(before)}`;
  return `${path}: ${cut(before)} -> ${cut(after)}`;
}

function cut(text: string): string {
  return cutText(text, MOST_CHARACTERS);
}
