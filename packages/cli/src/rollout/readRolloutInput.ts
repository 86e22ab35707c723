import type {
  ClusterRolloutStatus,
  RolloutGroup,
  RolloutStatus,
} from '@callboard/plugin-callboard-core';
import { excerptOf, fieldsOf, textOf } from '../documents/fields';
import { type Document, isDocument } from '../documents/Document';
import { UsageError } from '../Io';

export interface RolloutInput {
  strategy: unknown;
  groups: RolloutGroup[];
  statuses: ClusterRolloutStatus[];
  now?: Date;
}

const STATUSES: readonly string[] = [
  'ToApply',
  'Progressing',
  'Succeeded',
  'Failed',
  'TimeOut',
  'Skip',
];

/**
 * Parses `{"strategy", "groups":[{"name","clusters"}],
 * "statuses":[{"cluster","status","lastTransitionTime"}], "now"}`.
 */
export function readRolloutInput({
  strategy,
  groups,
  statuses,
  now,
}: Document): RolloutInput {
  const time = readTime('now', now);
  return {
    strategy,
    groups: listOf('groups', groups).map(group => {
      const { name, clusters } = fieldsOf(group);
      const names = listOf('clusters', clusters);
      if (
        !names.every(
          (cluster): cluster is string => typeof cluster === 'string',
        )
      ) {
        throw new UsageError(
          '"clusters" of a group holds something that is not a name',
        );
      }
      return { name: textOf(name) ?? '', clusters: names };
    }),
    statuses: listOf('statuses', statuses).map(readStatus),
    ...(time && { now: time }),
  };
}

function readStatus(value: unknown): ClusterRolloutStatus {
  const { cluster, status, lastTransitionTime } = isDocument(value)
    ? value
    : {};
  if (typeof cluster !== 'string')
    throw new UsageError('Each of the statuses needs a "cluster"');
  if (typeof status !== 'string' || !STATUSES.includes(status)) {
    throw new UsageError(
      `The status of ${cluster} is ${excerptOf(
        status,
      )}; there are ${STATUSES.join(', ')}`,
    );
  }
  const time = readTime('lastTransitionTime', lastTransitionTime);
  return {
    cluster,
    status: status as RolloutStatus,
    ...(time && { lastTransitionTime: time }),
  };
}

function listOf(name: string, value: unknown): unknown[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new UsageError(`"${name}" is not a list`);
  return value;
}

function readTime(name: string, value: unknown): Date | undefined {
  if (value === undefined || value === null) return undefined;
  const time = new Date(textOf(value) ?? NaN);
  if (Number.isNaN(time.getTime()))
    throw new UsageError(`"${name}" is not a time: ${excerptOf(value)}`);
  return time;
}
