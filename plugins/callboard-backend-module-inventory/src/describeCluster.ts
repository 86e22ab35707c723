import {
  API_VERSION,
  type ClusterFile,
  findNameFault,
  isRecord,
} from '@callboard/plugin-callboard-common';

const MOST_ENTRIES = 500; // labels or claims of one cluster
const MOST_CHARACTERS = 1_024; // of one label or claim

/**
 * Returns the texts of a record and drops other values: an inventory's authors
 * are not trusted like the portal's operators.
 */
export function textsIn(value: unknown): Record<string, string> {
  if (!isRecord(value)) return {};
  return Object.fromEntries(
    Object.entries(value)
      .filter((entry): entry is [string, string] => isShort(entry[1]))
      .slice(0, MOST_ENTRIES),
  );
}

/** Reads `[{ name, value }]`, the form of claims and properties on hubs. */
export function namedTextsIn(list: unknown): Record<string, string> {
  if (!Array.isArray(list)) return {};
  return Object.fromEntries(
    list
      .filter(isRecord)
      .flatMap(({ name, value }) =>
        isShort(name) && name !== '' && isShort(value) ? [[name, value]] : [],
      )
      .slice(0, MOST_ENTRIES),
  );
}

export function textOf(value: unknown): string | undefined {
  return isShort(value) && value !== '' ? value : undefined;
}

/** Returns a cluster of the given name, or why the name is invalid here. */
export function describeCluster(
  name: string,
  {
    title,
    labels,
    spec,
  }: {
    title?: string;
    labels: Record<string, string>;
    spec: ClusterFile['spec'];
  },
): ClusterFile | { fault: string } {
  const fault = findNameFault(name);
  if (fault) return { fault };
  return {
    apiVersion: API_VERSION,
    kind: 'Cluster',
    metadata: {
      name,
      ...(title !== undefined && title !== name && { title }),
      labels,
    },
    spec,
  };
}

function isShort(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MOST_CHARACTERS;
}
