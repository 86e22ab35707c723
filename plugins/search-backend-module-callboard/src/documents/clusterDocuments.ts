import type { IndexableDocument } from '@backstage/plugin-search-common';
import {
  type BlueprintSummary,
  type Cluster,
  nameCluster,
} from '@callboard/plugin-callboard-common';
import { sentencesOf } from './sentencesOf';

/** A cluster as search finds it: by what people call it, its labels and its blueprint. It names no app: who may read clusters need not read those. */
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

/** A blueprint as search finds it. */
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
