import type { Deployer, KubeObject } from '@callboard/plugin-callboard-common';
import { listAt, textAt } from '../health/fields';

const MAX_NAME = 253;
const KUBECTL = /^kubectl(-|$)/;

/**
 * Returns what deployed an object. Engines that use others come first: a
 * HelmRelease of Flux is also a release of Helm.
 */
export function deployerOf(object: KubeObject): Deployer {
  const { labels = {}, annotations = {} } = object.metadata;
  const flux =
    labels['helm.toolkit.fluxcd.io/name'] ??
    labels['kustomize.toolkit.fluxcd.io/name'];
  if (flux !== undefined) return by('Flux', flux);
  // `application:group/kind:namespace/name`
  const argo =
    annotations['argocd.argoproj.io/tracking-id']?.split(':')[0] ??
    labels['argocd.argoproj.io/instance'];
  if (argo !== undefined) return by('Argo CD', argo);
  const helm = annotations['meta.helm.sh/release-name'];
  if (helm !== undefined) return by('Helm', helm);
  if (labels['app.kubernetes.io/managed-by'] === 'Helm')
    return { tool: 'Helm' };
  const isByKubectl = listAt(object, 'metadata', 'managedFields').some(entry =>
    KUBECTL.test(textAt(entry, 'manager') ?? ''),
  );
  return { tool: isByKubectl ? 'kubectl' : 'unknown' };
}

function by(tool: Deployer['tool'], name: string): Deployer {
  return name === '' ? { tool } : { tool, name: name.slice(0, MAX_NAME) };
}
