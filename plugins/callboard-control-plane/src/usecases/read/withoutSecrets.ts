import type { KubeObject } from '@callboard/plugin-callboard-common';

/** Annotations in which other tools keep a copy of the whole object. */
const COPIES = ['kubectl.kubernetes.io/last-applied-configuration'];

/** Returns the object for display: without bookkeeping and secrets. Data of Secrets keep their names only. */
export function withoutSecrets(object: KubeObject): KubeObject {
  const { managedFields: _bookkeeping, ...metadata } =
    object.metadata as KubeObject['metadata'] & {
      managedFields?: unknown;
    };
  const annotations = Object.entries(metadata.annotations ?? {}).filter(
    ([name]) => !COPIES.includes(name),
  );
  const shown: KubeObject = {
    ...object,
    metadata: {
      ...metadata,
      ...(metadata.annotations && {
        annotations: Object.fromEntries(annotations),
      }),
    },
  };
  if (object.kind !== 'Secret') return shown;
  for (const field of ['data', 'stringData']) {
    const names = Object.keys(
      (object[field] as Record<string, unknown> | undefined) ?? {},
    );
    if (names.length > 0)
      shown[field] = Object.fromEntries(
        names.map(name => [name, '(not shown)']),
      );
  }
  return shown;
}
