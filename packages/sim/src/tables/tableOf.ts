import type { ApiResource } from '../discovery';
import type { JsonObject, SimObject } from '../json';
import { columnsOf } from './columns';

export interface TableOptions {
  include: 'None' | 'Metadata' | 'Object';
  resourceVersion?: string;
  now: Date;
}

/** Returns objects as the table that `kubectl get` prints. */
export function tableOf(
  resource: ApiResource,
  objects: readonly SimObject[],
  { include, resourceVersion, now }: TableOptions,
): JsonObject {
  const columns = columnsOf(resource);
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata: { resourceVersion },
    columnDefinitions: columns.map(({ name, type, priority }) => ({
      name,
      type,
      format: name === 'Name' ? 'name' : '',
      description: '',
      priority: priority ?? 0,
    })),
    rows: objects.map(object => ({
      cells: columns.map(column => column.value(object, now)),
      ...rowObject(object, include),
    })),
  };
}

function rowObject(
  object: SimObject,
  include: TableOptions['include'],
): JsonObject {
  if (include === 'None') return {};
  if (include === 'Object') return { object: object as JsonObject };
  return {
    object: {
      kind: 'PartialObjectMetadata',
      apiVersion: 'meta.k8s.io/v1',
      metadata: object.metadata as JsonObject,
    },
  };
}
