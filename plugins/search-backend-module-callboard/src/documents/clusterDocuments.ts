import type { IndexableDocument } from '@backstage/plugin-search-common';
import {
  type BlueprintSummary,
  type Cluster,
  nameCluster,
} from '@callboard/plugin-callboard-common';
import { sentencesOf } from './sentencesOf';

/**
 * Returns the search document of a cluster: its title, labels and blueprint. It
 * names no app, since readers of clusters need not be readers of apps.
 */
export function clusterDocument(cluster: Cluster): IndexableDocument {
  const { name, title, labels, claims, blueprint } = cluster;
  const labelled = Object.entries(labels).map(([key, value]) =>
    value === '' ? key : `${key} ${value}`,
  );
  return {
    title: nameCluster({ name, title }),
    text: sentencesOf([
      'Kubernetes cluster',
      labelled.length > 0 ? `Labels ${labelled.join(', ')}` : undefined,
      claims.provider && `On ${claims.provider}`,
      blueprint === null ? undefined : `Blueprint ${blueprint.name}`,
    ]),
    location: `/callboard/clusters/${name}`,
  };
}

/** Returns the search document of a blueprint. */
export function blueprintDocument({
  name,
  versions,
}: BlueprintSummary): IndexableDocument {
  const [newest] = versions;
  return {
    title: `Blueprint ${name}`,
    text: sentencesOf([
      'Baseline of clusters',
      newest && `Newest version ${newest.version}`,
    ]),
    location: `/callboard/blueprints?open=${encodeURIComponent(name)}`,
  };
}
