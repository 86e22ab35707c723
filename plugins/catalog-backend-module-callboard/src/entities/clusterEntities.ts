import { type ResourceEntity, makeValidator } from '@backstage/catalog-model';
import {
  type Cluster,
  type ClusterBlueprint,
  ENTITY_ANNOTATIONS,
  nameCluster,
} from '@callboard/plugin-callboard-common';
import { managedBy } from './managedBy';

const isValid = makeValidator();

/** A cluster as a Resource. Its labels are entity labels, its claims annotations. */
export function clusterEntity(
  cluster: Cluster,
  options: { owner: string },
): ResourceEntity {
  const { name, title, labels, claims, blueprint } = cluster;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      name,
      title: nameCluster({ name, title }),
      ...(claims.provider && {
        description: ['Kubernetes', claims.version, 'on', claims.provider]
          .filter(Boolean)
          .join(' '),
      }),
      labels: Object.fromEntries(
        Object.entries(labels).filter(
          ([key, value]) =>
            isValid.isValidLabelKey(key) && isValid.isValidLabelValue(value),
        ),
      ),
      annotations: {
        ...Object.fromEntries(
          Object.entries(claims)
            .map(([key, value]) => [
              `callboard.dev/claim-${key.replaceAll('/', '-')}`,
              value,
            ])
            .filter(([key]) => isValid.isValidAnnotationKey(key)),
        ),
        ...managedBy(`clusters/${name}`),
        [ENTITY_ANNOTATIONS.cluster]: name,
      },
    },
    spec: {
      type: 'kubernetes-cluster',
      owner: options.owner,
      ...(isDescribed(blueprint) && {
        dependsOn: [`resource:default/${blueprintEntityName(blueprint.name)}`],
      }),
    },
  };
}

/** Returns the blueprints that the clusters run, each once, as Resources. */
export function blueprintEntities(
  clusters: Cluster[],
  options: { owner: string },
): ResourceEntity[] {
  const versions = new Map<string, number>();
  for (const { blueprint } of clusters) {
    if (isDescribed(blueprint))
      versions.set(
        blueprint.name,
        Math.max(blueprint.version, versions.get(blueprint.name) ?? 0),
      );
  }
  return [...versions.entries()].sort().map(([name, version]) => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      name: blueprintEntityName(name),
      title: `Blueprint ${name}`,
      description: `Cluster baseline "${name}", version ${version}`,
      annotations: managedBy(`blueprints/${name}`),
    },
    spec: { type: 'cluster-blueprint', owner: options.owner },
  }));
}

/** A cluster may name a blueprint that the platform's files do not define: that one has no version. */
function isDescribed(
  blueprint: Cluster['blueprint'],
): blueprint is ClusterBlueprint {
  return blueprint !== null && blueprint.version > 0;
}

/** A blueprint and a cluster may have the same name; Resources in the catalog may not. */
function blueprintEntityName(name: string): string {
  return `blueprint-${name}`.slice(0, 63);
}
