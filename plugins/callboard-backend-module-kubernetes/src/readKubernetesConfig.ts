import type { Config } from '@backstage/config';
import type { ClusterFile } from '@callboard/plugin-callboard-common';

/** Settings of a cluster of the Kubernetes plugin. */
export interface ClusterSettings {
  name: string;
  title?: string;
  labels?: Record<string, string>;
  spec: ClusterFile['spec'];
  livenessDeadlineMs?: number;
}

export interface KubernetesSettings {
  refreshMs: number;
  /** The clusters that Callboard uses; all of them when undefined. */
  clusters?: ClusterSettings[];
}

const DEFAULT_REFRESH_SECONDS = 60;

/** Reads `callboard.kubernetes`. Its shape was checked when the configuration was loaded. */
export function readKubernetesConfig(config: Config): KubernetesSettings {
  const own = config.getOptionalConfig('callboard.kubernetes');
  const clusters = own?.getOptionalConfigArray('clusters');
  return {
    refreshMs:
      (own?.getOptionalNumber('refreshSeconds') ?? DEFAULT_REFRESH_SECONDS) *
      1000,
    ...(clusters && { clusters: clusters.map(readCluster) }),
  };
}

const SPEC_FIELDS: ReadonlyArray<keyof ClusterFile['spec']> = [
  'claims',
  'clusterSet',
  'taints',
  'blueprint',
  'exposure',
  'owner',
];

function readCluster(config: Config): ClusterSettings {
  const title = config.getOptionalString('title');
  const labels = config.getOptional<Record<string, string>>('labels');
  const livenessDeadlineMs = config.getOptionalNumber('livenessDeadlineMs');
  const spec: ClusterFile['spec'] = {};
  for (const field of SPEC_FIELDS) {
    const value = config.getOptional(field);
    if (value !== undefined) Object.assign(spec, { [field]: value });
  }
  return {
    name: config.getString('name'),
    spec,
    ...(title !== undefined && { title }),
    ...(labels && { labels }),
    ...(livenessDeadlineMs !== undefined && { livenessDeadlineMs }),
  };
}
