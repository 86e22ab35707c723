import {
  type ClusterDiff,
  type FieldDiff,
  type ObjectDiff,
  type ReleaseDiff,
  type TaskRun,
  countOf,
  listOf,
} from '@callboard/plugin-callboard-common';
import { canonicalJson } from '../render/canonicalJson';
import type { FieldChange, ObjectChange } from './diffObjects';

// Limits of a page; the command line shows everything.
const MOST_OBJECTS = 200;
const MOST_FIELDS = 100;
const MOST_CHARACTERS = 300;

/** Changes on one cluster. */
export interface ClusterChange {
  cluster: string;
  objects: readonly ObjectChange[];
}

/** Groups clusters with the same changes, shortened to what a page shows. */
export function summarizeDiff(
  of: Pick<ReleaseDiff, 'environment' | 'from' | 'release'>,
  changes: readonly ClusterChange[],
  { tasks = [], data = [] }: Partial<Pick<ReleaseDiff, 'tasks' | 'data'>> = {},
): ReleaseDiff {
  const groups = new Map<
    string,
    { clusters: string[]; objects: readonly ObjectChange[] }
  >();
  for (const { cluster, objects } of changes) {
    if (objects.length === 0) continue;
    const key = canonicalJson(objects);
    const group = groups.get(key);
    if (group) group.clusters.push(cluster);
    else groups.set(key, { clusters: [cluster], objects });
  }
  const reported = [...groups.values()];
  return {
    ...of,
    sentence: `${describeDiff(of, reported)}${describeTasks(tasks)}`,
    tasks,
    data,
    groups: reported.map(
      ({ clusters, objects }): ClusterDiff => ({
        clusters: [...clusters].sort(),
        ...showObjectChanges(objects),
      }),
    ),
  };
}

/** Shortens changes of objects to what a page shows. */
export function showObjectChanges(
  objects: readonly ObjectChange[],
): Pick<ClusterDiff, 'objects' | 'more'> {
  const shown = objects.slice(0, MOST_OBJECTS);
  return {
    objects: shown.map(toObjectDiff),
    more: objects.length - shown.length,
  };
}

function toObjectDiff({
  change,
  apiVersion,
  kind,
  name,
  fields,
}: ObjectChange): ObjectDiff {
  const shown = fields.slice(0, MOST_FIELDS);
  return {
    change,
    apiVersion,
    kind,
    name,
    fields: shown.map(toFieldDiff),
    more: fields.length - shown.length,
  };
}

function toFieldDiff({ path, before, after }: FieldChange): FieldDiff {
  return {
    path,
    ...(before !== undefined && { before: toText(before) }),
    ...(after !== undefined && { after: toText(after) }),
  };
}

function toText(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > MOST_CHARACTERS
    ? `${text.slice(0, MOST_CHARACTERS)}…`
    : text;
}

function describeDiff(
  { from, release }: Pick<ReleaseDiff, 'from' | 'release'>,
  groups: ReadonlyArray<{
    clusters: readonly string[];
    objects: readonly ObjectChange[];
  }>,
): string {
  const name = `Release ${release}`;
  if (groups.length === 0)
    return from === undefined
      ? `${name} runs on no cluster`
      : `${name} changes nothing of release ${from}`;
  const clusters = groups.reduce((sum, each) => sum + each.clusters.length, 0);
  const number = (change: ObjectChange['change']) =>
    new Set(
      groups
        .flatMap(({ objects }) => objects)
        .filter(each => each.change === change)
        .map(each => `${each.kind}/${each.name}`),
    ).size;
  const parts = (
    [
      ['changes', number('changed')],
      ['adds', number('added')],
      ['removes', number('removed')],
    ] as const
  )
    .filter(([, objects]) => objects > 0)
    .map(([verb, objects]) => `${verb} ${countOf(objects, 'object')}`);
  return `${name} ${listOf(parts)} on ${countOf(clusters, 'cluster')}`;
}

const WHEN = {
  'before-release': 'before it',
  'after-release': 'after it',
} as const;

/** A migration that runs again comes first. */
function describeTasks(tasks: readonly TaskRun[]): string {
  return (['before-release', 'after-release'] as const)
    .flatMap(phase =>
      [false, true].map(again => ({
        phase,
        again,
        names: tasks
          .filter(task => task.phase === phase && task.again === again)
          .map(({ workload }) => workload),
      })),
    )
    .filter(({ names }) => names.length > 0)
    .map(
      ({ phase, again, names }) =>
        `; ${listOf(names)} ${names.length === 1 ? 'runs' : 'run'}${
          again ? ' again' : ''
        } ${WHEN[phase]}`,
    )
    .join('');
}
