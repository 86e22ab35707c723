import {
  type ComponentEntity,
  componentEntityV1alpha1Validator,
} from '@backstage/catalog-model';
import {
  type App,
  ENTITY_ANNOTATIONS,
} from '@callboard/plugin-callboard-common';
import { clustersOf, formatRunsOn } from './clustersOf';
import { linksOf } from './linksOf';
import { managedBy } from './managedBy';
import {
  type CatalogInfoOverrides,
  readCatalogInfoOverrides,
} from './readCatalogInfoOverrides';

/**
 * Returns an app as a Component, with additions from its catalog-info.yaml.
 * Name, owner and clusters always come from Callboard; an addition that the
 * catalog would refuse is left out as a whole.
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
  const links = [...(metadata.links ?? []), ...linksOf(app)];
  const clusters = clustersOf(app);
  const runsOn = formatRunsOn(clusters);
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      ...(app.description !== undefined && { description: app.description }),
      ...metadata,
      name: app.name,
      title: app.title === app.name ? title ?? app.title : app.title,
      ...(links.length > 0 && { links }),
      annotations: {
        ...metadata.annotations,
        ...managedBy(`apps/${app.name}`),
        [ENTITY_ANNOTATIONS.app]: app.name,
        ...(runsOn !== undefined && { [ENTITY_ANNOTATIONS.runsOn]: runsOn }),
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

function isInLastEnvironment({ environments }: App): boolean {
  return (
    environments.length > 0 &&
    environments[environments.length - 1].release !== null
  );
}
