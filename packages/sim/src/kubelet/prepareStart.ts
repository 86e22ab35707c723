import type { Container, Pod } from '../kinds';
import type { NodeContext } from './NodeContext';
import type { ContainerStart } from './PodRuntime';
import { quantity } from '../validation';
import { expandVariables, resolveEnv, resolveFiles } from './resolveContainer';

export type PreparedStart = Omit<
  ContainerStart,
  'onLog' | 'onExit' | 'onStartFailed'
>;

/** All that a container is started with. Throws a `ConfigProblem` where something it needs is missing. */
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
    ...(memory !== undefined && { memoryLimitBytes: quantity(memory) }),
    ...(cpu !== undefined && { cpuLimitMillicores: quantity(cpu) * 1000 }),
  };
}
