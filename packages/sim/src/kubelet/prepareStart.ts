import type { Container, Pod } from '../kinds';
import type { NodeContext } from './NodeContext';
import type { ContainerStart, MountedClaim } from './PodRuntime';
import { quantity } from '../validation';
import { expandVariables, resolveEnv, resolveFiles } from './resolveContainer';

export type PreparedStart = Omit<
  ContainerStart,
  'onLog' | 'onExit' | 'onStartFailed'
>;

/** Returns the input for the start of a container. Throws a `ConfigProblem` when an object it needs is missing. */
export function prepareStart(
  context: NodeContext,
  pod: Pod,
  { container, podIp }: { container: Container; podIp: string },
): PreparedStart {
  const { namespace = '', name, uid = '', labels = {} } = pod.metadata;
  const find = context.findData(namespace);
  const placed = { ...pod, status: { ...pod.status, podIP: podIp } };
  const env = resolveEnv(placed, container, find);
  const expand = (words: string[] | undefined) =>
    words?.map(word => expandVariables(word, env));
  const { memory, cpu } = container.resources?.limits ?? {};
  return {
    cluster: context.cluster,
    namespace,
    pod: name,
    podUid: uid,
    labels,
    container: container.name,
    image: container.image,
    command: expand(container.command),
    args: expand(container.args),
    env,
    files: resolveFiles(pod, container, find),
    ports: (container.ports ?? []).map(({ containerPort }) => containerPort),
    workingDir: container.workingDir,
    claims: claimsOf(context, pod, container),
    services: context.servicesOf(namespace),
    ...(memory !== undefined && { memoryLimitBytes: quantity(memory) }),
    ...(cpu !== undefined && { cpuLimitMillicores: quantity(cpu) * 1000 }),
  };
}

function claimsOf(
  { cluster, findClaim }: NodeContext,
  { spec, metadata: { namespace = '' } }: Pod,
  container: Container,
): Record<string, MountedClaim> {
  const claims: Record<string, MountedClaim> = {};
  for (const mount of container.volumeMounts ?? []) {
    const name = spec.volumes?.find(volume => volume.name === mount.name)
      ?.persistentVolumeClaim?.claimName;
    const uid = name === undefined ? undefined : findClaim(namespace, name);
    if (name !== undefined && uid !== undefined)
      claims[mount.mountPath] = { cluster, namespace, name, uid };
  }
  return claims;
}
