import { timestamp } from '../clock';
import { resourceOfKind } from '../discovery';
import type { JsonObject, SimObject } from '../json';
import { createObject, type Registry, updateObject } from '../registry';
import type { SimClusterSpec, SimNodeSpec } from './SimClusterSpec';

const NAMESPACES = ['default', 'kube-node-lease', 'kube-public', 'kube-system'];
const DEFAULT_PODS = 110;

/** Creates the objects of every new cluster, and its nodes. Creates only missing ones. */
export function bootstrapCluster(
  registry: Registry,
  spec: SimClusterSpec,
): void {
  for (const name of NAMESPACES)
    ensure(registry, {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name },
    });
  for (const [name, value] of [
    ['system-cluster-critical', 2_000_000_000],
    ['system-node-critical', 2_000_001_000],
  ] as const) {
    ensure(registry, {
      apiVersion: 'scheduling.k8s.io/v1',
      kind: 'PriorityClass',
      metadata: { name },
      value,
      preemptionPolicy: 'PreemptLowerPriority',
    });
  }
  ensure(registry, kubernetesService());
  spec.nodes.forEach((node, index) =>
    ensureNode(registry, node, { index, version: spec.version ?? '1.36.3' }),
  );
}

function ensure(registry: Registry, object: SimObject): SimObject {
  const resource = resourceOfKind(object.apiVersion, object.kind);
  const { namespace, name } = object.metadata;
  const live = registry.store.get(resource.storage, namespace, name);
  return (
    live ??
    createObject(
      registry,
      resource,
      { object, namespace },
      { manager: 'kube-apiserver' },
    )
  );
}

function kubernetesService(): SimObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: 'kubernetes',
      namespace: 'default',
      labels: { component: 'apiserver', provider: 'kubernetes' },
    },
    spec: {
      clusterIP: '10.96.0.1',
      clusterIPs: ['10.96.0.1'],
      ports: [{ name: 'https', port: 443, protocol: 'TCP', targetPort: 6443 }],
    },
  };
}

function ensureNode(
  registry: Registry,
  node: SimNodeSpec,
  { index, version }: { index: number; version: string },
): void {
  const labels = {
    'beta.kubernetes.io/arch': 'amd64',
    'beta.kubernetes.io/os': 'linux',
    'kubernetes.io/arch': 'amd64',
    'kubernetes.io/hostname': node.name,
    'kubernetes.io/os': 'linux',
    ...node.labels,
  };
  const podCidr = `10.244.${index}.0/24`;
  const live = ensure(registry, {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: node.name, labels },
    spec: { podCIDR: podCidr, podCIDRs: [podCidr] },
  });
  const next = {
    ...live,
    status: nodeStatus(node, {
      index,
      version,
      now: timestamp(registry.clock.now()),
    }),
  };
  updateObject(
    registry,
    resourceOfKind('v1', 'Node'),
    { live, next },
    { manager: 'kubelet', subresource: 'status' },
  );
}

function nodeStatus(
  node: SimNodeSpec,
  { index, version, now }: { index: number; version: string; now: string },
): JsonObject {
  const amounts = {
    cpu: node.cpu,
    memory: node.memory,
    pods: String(node.pods ?? DEFAULT_PODS),
  };
  const condition = (
    type: string,
    status: string,
    reason: string,
    message: string,
  ) => ({
    type,
    status,
    reason,
    message,
    lastHeartbeatTime: now,
    lastTransitionTime: now,
  });
  return {
    addresses: [
      { type: 'InternalIP', address: `172.18.0.${index + 2}` },
      { type: 'Hostname', address: node.name },
    ],
    allocatable: amounts,
    capacity: amounts,
    conditions: [
      condition(
        'MemoryPressure',
        'False',
        'KubeletHasSufficientMemory',
        'kubelet has sufficient memory available',
      ),
      condition(
        'DiskPressure',
        'False',
        'KubeletHasNoDiskPressure',
        'kubelet has no disk pressure',
      ),
      condition(
        'PIDPressure',
        'False',
        'KubeletHasSufficientPID',
        'kubelet has sufficient PID available',
      ),
      condition(
        'Ready',
        'True',
        'KubeletReady',
        'kubelet is posting ready status',
      ),
    ],
    daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
    nodeInfo: {
      architecture: 'amd64',
      bootID: '',
      containerRuntimeVersion: 'callboard-sim://1',
      kernelVersion: 'callboard-sim',
      kubeProxyVersion: '',
      kubeletVersion: `v${version}`,
      machineID: '',
      operatingSystem: 'linux',
      osImage: 'callboard-sim',
      systemUUID: '',
    },
  };
}
