import type { TargetCluster } from '@callboard/plugin-callboard-core';
import { excerptOf } from '../documents/fields';
import { type Document, isDocument } from '../documents/Document';
import { UsageError } from '../Io';

/** Reads the previous decision: `{"decisions":[{"cluster":"a","replicas":2}]}`. */
export function readPrevious(documents: readonly Document[]): TargetCluster[] {
  return documents.flatMap(({ decisions }) => {
    if (!Array.isArray(decisions))
      throw new UsageError(
        '--decisions needs {"decisions":[{"cluster":"a","replicas":2}]}',
      );
    return decisions.map(decision => {
      const { cluster, replicas } = isDocument(decision) ? decision : {};
      if (typeof cluster !== 'string')
        throw new UsageError('Each of the decisions needs a "cluster"');
      return { name: cluster, replicas: readReplicas(cluster, replicas) };
    });
  });
}

function readReplicas(cluster: string, value: unknown): number {
  if (value === undefined || value === null) return 0;
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0)
    return value;
  throw new UsageError(
    `"replicas" of ${cluster} in --decisions is not a whole number: ${excerptOf(
      value,
    )}`,
  );
}
