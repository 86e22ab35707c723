import type { KubeObject } from '@callboard/plugin-callboard-common';
import type { ClusterRecord, DeploymentState, ObjectDigest } from '../../store';
import type { RenderedDeployment } from './RenderedDeployment';

/**
 * Returns what was last applied of an app on a cluster, as far as it is needed
 * to judge it, for when its desired objects cannot be determined any more (its
 * environment is gone from the files) and the app keeps running. Pure.
 *
 * @returns undefined where the desired release was not seen there: its state is
 *   unknown
 */
export function asApplied(
  state: DeploymentState,
  seen: ReadonlyMap<string, ObjectDigest>,
  cluster: Pick<ClusterRecord, 'file'>,
): RenderedDeployment | undefined {
  const { desiredRelease, observedRelease, appliedFingerprint, parts } = state;
  if (
    desiredRelease === undefined ||
    desiredRelease !== observedRelease ||
    appliedFingerprint === undefined
  )
    return undefined;
  const keys = Object.keys(state.inventory);
  const [first] = parts;
  const partOf = (key: string) => seen.get(key)?.workload ?? first?.name;
  return {
    areInstancesSeen: true,
    deployment: '',
    release: desiredRelease,
    objects: keys.map(objectOf),
    fingerprint: appliedFingerprint,
    parts: parts.map(({ name, resource, replicas }) => ({
      name,
      ...(resource !== undefined && { resource }),
      ...(replicas !== undefined && { replicas }),
      objects: keys.filter(key => partOf(key) === name).map(objectOf),
    })),
    instances: state.instances.wanted,
    exposure: cluster.file.spec.exposure ?? { type: 'ClusterIP' },
    drift: 'DetectAndNotify',
  };
}

/** Of `apps/v1/Deployment/shop--live/web`, only its reference: objects are looked up by it. */
function objectOf(key: string): KubeObject {
  const words = key.split('/');
  const [kind, namespace, name] = words.slice(-3);
  return {
    apiVersion: words.slice(0, -3).join('/'),
    kind,
    metadata: { name, ...(namespace !== '' && { namespace }) },
  };
}
