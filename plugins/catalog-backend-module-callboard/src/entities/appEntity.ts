import {
  type ComponentEntity,
  componentEntityV1alpha1Validator,
} from '@backstage/catalog-model';
import {
  type App,
  ENTITY_ANNOTATIONS,
  nameCluster,
} from '@callboard/plugin-callboard-common';
import { managedBy } from './managedBy';
import {
  type CatalogInfoOverrides,
  readCatalogInfoOverrides,
} from './readCatalogInfoOverrides';

/**
 * An app as a Component, with what its catalog-info.yaml adds. What Callboard
 * knows better (name, owner, where it runs) stays Callboard's; an addition that
 * the catalog would refuse is left out as a whole.
 */
export async function appEntity(
  app: App,
  catalogInfo: string | undefined,
): Promise<ComponentEntity> {
  const plain = describe(app, {});
  const words =
    catalogInfo === undefined
      ? undefined
      : readCatalogInfoOverrides(catalogInfo);
  if (!words) return plain;
  const merged = describe(app, words);
  const isTaken = await componentEntityV1alpha1Validator
    .check(merged)
    .catch(() => false);
  return isTaken ? merged : plain;
}

function describe(app: App, words: CatalogInfoOverrides): ComponentEntity {
  const { title, ...metadata } = words.metadata ?? {};
  const { dependsOn = [], ...spec } = words.spec ?? {};
  const clusters = clustersOf(app);
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      ...metadata,
      name: app.name,
      title: app.title === app.name ? title ?? app.title : app.title,
      annotations: {
        ...metadata.annotations,
        ...managedBy(`apps/${app.name}`),
        [ENTITY_ANNOTATIONS.app]: app.name,
        ...(clusters.size > 0 && {
          [ENTITY_ANNOTATIONS.runsOn]: [...clusters.values()].join('; '),
        }),
      },
    },
    spec: {
      type: 'service',
      lifecycle: isInLastEnvironment(app) ? 'production' : 'experimental',
      ...(app.system !== undefined && { system: app.system }),
      ...spec,
      owner: app.owner,
      dependsOn: [
        ...new Set([
          ...dependsOn,
          ...[...clusters.keys()].map(name => `resource:default/${name}`),
        ]),
      ].sort(),
    },
  };
}

/** The clusters it runs on by name, each as people call it. */
function clustersOf({ environments }: App): Map<string, string> {
  const names = environments
    .flatMap(({ clusters }) => clusters)
    .map(({ cluster, title }): [string, string] => [
      cluster,
      nameCluster({ name: cluster, title }),
    ]);
  return new Map(names.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function isInLastEnvironment({ environments }: App): boolean {
  return (
    environments.length > 0 &&
    environments[environments.length - 1].release !== null
  );
}
