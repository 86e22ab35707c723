import {
  API_VERSION,
  type ClusterFile,
  findNameFault,
  isRecord,
} from '@callboard/plugin-callboard-common';

const MOST_ENTRIES = 500; // labels or claims of one cluster
const MOST_CHARACTERS = 1_024; // of one of them

/** Texts of a record, the rest left out: who writes to an inventory is not who runs the portal. */
export function textsIn(value: unknown): Record<string, string> {
  if (!isRecord(value)) return {};
  return Object.fromEntries(
    Object.entries(value)
      .filter((entry): entry is [string, string] => isShort(entry[1]))
      .slice(0, MOST_ENTRIES),
  );
}

/** `[{ name, value }]`, as hubs write claims and properties. */
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

/** A cluster of the given name, or why it cannot have that name here. */
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
