/** Owner of an object, as `app.kubernetes.io/managed-by` and as the field manager of server-side apply. */
export const FIELD_MANAGER = 'callboard';

/** Labels that Callboard puts on objects it applies. Watches select on `managedBy`. */
export const LABELS = {
  managedBy: 'app.kubernetes.io/managed-by',
  name: 'app.kubernetes.io/name',
  instance: 'app.kubernetes.io/instance',
  partOf: 'app.kubernetes.io/part-of',
  component: 'app.kubernetes.io/component',
  version: 'app.kubernetes.io/version',
  app: 'callboard.dev/app',
  environment: 'callboard.dev/environment',
  workload: 'callboard.dev/workload',
  release: 'callboard.dev/release',
  /** On objects of an app's resource: the name of its objects. */
  resource: 'callboard.dev/resource',
  blueprint: 'callboard.dev/blueprint',
  /** Source: KEP-3659 ApplySet; the id is that of the parent of the deployment's inventory. */
  applySetPartOf: 'applyset.kubernetes.io/part-of',
  applySetId: 'applyset.kubernetes.io/id',
} as const;

export const ANNOTATIONS = {
  /** sha256 of the desired object; differs from the actual one when someone else changed our fields. */
  fingerprint: 'callboard.dev/fingerprint',
  /** On pod templates: sha256 of the workload's files, so that a changed file rolls its pods. */
  configChecksum: 'callboard.dev/config-checksum',
  /** On Secrets: replaces their data in fingerprints, so that nothing about it can be derived from the database. */
  secretVersion: 'callboard.dev/secret-version',
  /** On the Secret of generated values: its keys and their lengths, and no value. */
  secretKeys: 'callboard.dev/secret-keys',
  /** On pod templates: versions of the generated values that the pods read, so that rotated ones roll them. */
  secretVersions: 'callboard.dev/secret-versions',
  /** On pod templates: number of the change by which a person restarted the pods. */
  restart: 'callboard.dev/restart',
  /**
   * On a ClusterSecretStore of a blueprint: the prefix of keys that an app may
   * read, such as `{app}/{environment}/`.
   */
  storeKeys: 'callboard.dev/store-keys',
  applySetTooling: 'applyset.kubernetes.io/tooling',
  applySetContainsGroupKinds: 'applyset.kubernetes.io/contains-group-kinds',
} as const;

/**
 * Name of the Secret, in the namespace of an app, with the generated values of
 * its resources. The same for all apps, so that permissions on a cluster need
 * to name only this one.
 */
export const GENERATED_SECRET_NAME = 'callboard-secrets';

/**
 * Name of the Secret, in the namespace of an app, with the secrets that people
 * set for it, each under its name and version.
 */
export const SETTINGS_SECRET_NAME = 'callboard-settings';

/** Taint that keeps apps off clusters of a special blueprint. Apps that require that blueprint tolerate it. */
export const BLUEPRINT_TAINT = 'callboard.dev/blueprint';

/** Taint of a cluster that Callboard may read but not change. No app tolerates it. */
export const OBSERVED_ONLY_TAINT = 'callboard.dev/observed-only';

/** Label of objects that belong to a component of the catalog, as Backstage's kubernetes plugin selects them. */
export const OBSERVED_LABEL = 'backstage.io/kubernetes-id';

/** Annotations on catalog entities. */
export const ENTITY_ANNOTATIONS = {
  app: 'callboard.dev/app',
  /** Of a Component: the value of `OBSERVED_LABEL` on objects that others deployed. */
  observe: 'callboard.dev/observe',
  /** The same, as Backstage's kubernetes plugin reads it. */
  kubernetesId: 'backstage.io/kubernetes-id',
  /** The only namespace in which the objects count. */
  kubernetesNamespace: 'backstage.io/kubernetes-namespace',
  cluster: 'callboard.dev/cluster',
  /** Of an app: its clusters by their names for people, separated by `; `. */
  runsOn: 'callboard.dev/runs-on',
} as const;

/** Type of the location of entities that Callboard itself adds to the catalog. */
export const ENTITY_LOCATION_TYPE = 'callboard';

/** Returns whether Callboard added an entity to the catalog. Only the catalog can set this annotation, not a file. */
export function isOwnEntity(entity: {
  metadata: { annotations?: Record<string, string> };
}): boolean {
  const location =
    entity.metadata.annotations?.['backstage.io/managed-by-location'];
  return location?.startsWith(`${ENTITY_LOCATION_TYPE}:`) === true;
}
