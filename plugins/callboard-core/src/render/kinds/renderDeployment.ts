import type {
  V1Container,
  V1ContainerPort,
  V1Deployment,
  V1PodSpec,
  V1PodTemplateSpec,
  V1Volume,
} from '@kubernetes/client-node';
import {
  ANNOTATIONS,
  type ScoreWorkload,
} from '@callboard/plugin-callboard-common';
import type { AsJson, Manifest } from '../../kubernetes';
import { type BaselineInput, restrictPod } from '../baseline';
import { type Rendered, cannotRender, rendered } from '../RenderFault';
import { canonicalJson } from '../canonicalJson';
import type { PlaceholderScope } from '../placeholders';
import { type ProvisionedResources, resourceOfSecret } from '../resources';
import { sha256 } from '../sha256';
import {
  type ContainerOrder,
  type StartRole,
  orderContainers,
} from './orderContainers';
import { renderContainer } from './renderContainer';
import { type RenderedFiles, renderSecretVolumes } from './renderFiles';
import { renderProbe } from './renderProbe';

export interface DeploymentInput {
  /** Undefined where the renderer has no baseline. */
  baseline: BaselineInput | undefined;
  workload: ScoreWorkload;
  namespace: string;
  labels: Record<string, string>;
  selector: Record<string, string>;
  replicas: number;
  images: Record<string, string>;
  pullSecrets: string[];
  scope: PlaceholderScope;
  resources: ProvisionedResources;
  files: RenderedFiles;
  /** Versions of rotated secrets, by resource. */
  secretVersions: Readonly<Record<string, number>>;
}

type RenderedConfigMap = NonNullable<RenderedFiles['configMap']>;

/**
 * A container without a probe is ready the moment it starts: one that exits
 * right after that must not replace the release before.
 */
const MIN_READY_SECONDS = 2;

/** Renders the Deployment of a workload. Its pods roll whenever anything they read changes, files included. */
export function renderDeployment(
  input: DeploymentInput,
): Rendered<Manifest<V1Deployment>> {
  const { workload, namespace, labels, selector } = input;
  const { name, annotations } = workload.metadata;
  const template = renderPodTemplate(input);
  if (!template.ok) return template;
  return rendered({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels, ...(annotations && { annotations }) },
    spec: {
      ...minReadyOf(template.value),
      ...replicasOf(input),
      selector: { matchLabels: selector },
      template: template.value,
    },
  });
}

/** Returns the number of instances, unless an autoscaler sets it: the two would overwrite each other. */
export function replicasOf({ baseline, replicas }: DeploymentInput): {
  replicas?: number;
} {
  return baseline?.settings.autoscaling ? {} : { replicas };
}

/** Pod template of a workload's object. */
export type PodTemplate = Required<
  Pick<AsJson<V1PodTemplateSpec>, 'metadata' | 'spec'>
>;

/** Returns how long an instance without a readiness probe must be ready before it counts. */
export function minReadyOf({ spec }: PodTemplate): {
  minReadySeconds?: number;
} {
  return hasUnprobed(spec) ? { minReadySeconds: MIN_READY_SECONDS } : {};
}

/** Renders the pod template of a workload, for every kind of owner. */
export function renderPodTemplate(
  input: DeploymentInput,
): Rendered<PodTemplate> {
  const { workload, labels, files } = input;
  const { annotations } = workload.metadata;
  const reserved = Object.keys(annotations ?? {}).find(key =>
    key.startsWith('callboard.dev/'),
  );
  if (reserved !== undefined) {
    return cannotRender({
      code: 'annotation-reserved',
      path: ['metadata', 'annotations', reserved],
      why: 'annotations that start with "callboard.dev/" are written by Callboard itself',
      next: 'Rename the annotation',
    });
  }
  const pod = renderPod(input);
  if (!pod.ok) return pod;
  const podAnnotations = {
    ...annotations,
    ...(files.configMap && {
      [ANNOTATIONS.configChecksum]: checksum(files.configMap),
    }),
    ...secretVersionsOf(pod.value, input.secretVersions),
  };
  return rendered({
    metadata: {
      labels,
      ...(Object.keys(podAnnotations).length > 0 && {
        annotations: podAnnotations,
      }),
    },
    spec: pod.value,
  });
}

/** A pod reads its variables once: a new version of a secret needs a new pod. */
function secretVersionsOf(
  { containers, initContainers = [] }: AsJson<V1PodSpec>,
  versions: Readonly<Record<string, number>>,
): Record<string, string> {
  const read = [...initContainers, ...containers]
    .flatMap(({ env = [] }) => env)
    .flatMap(({ valueFrom }) => valueFrom?.secretKeyRef ?? [])
    .flatMap(
      ({ name, key }) => resourceOfSecret({ name: name ?? '', key }) ?? [],
    );
  const rotated = [...new Set(read)]
    .filter(name => Object.hasOwn(versions, name))
    .sort();
  return rotated.length === 0
    ? {}
    : {
        [ANNOTATIONS.secretVersions]: rotated
          .map(name => `${name}=${versions[name]}`)
          .join(','),
      };
}

function hasUnprobed({ containers }: Pick<V1PodSpec, 'containers'>): boolean {
  return containers.some(({ readinessProbe }) => readinessProbe === undefined);
}

function renderPod(input: DeploymentInput): Rendered<AsJson<V1PodSpec>> {
  const { workload, resources, files } = input;
  const order = orderContainers(workload.containers);
  if (!order.ok) return order;

  const volumeNames = Object.keys(resources.volumes).sort();
  const mountable = [...volumeNames, ...Object.keys(resources.claims)].sort();
  const filesVolume = freeName('files', mountable);
  const ports = assignPorts(workload, order.value.main);
  const probed = findOnlyServer(order.value);
  const render = (name: string) =>
    renderContainer({
      name,
      container: workload.containers[name],
      images: input.images,
      scope: input.scope,
      volumes: mountable,
      files: files.mounts,
      filesVolume,
      ports: ports[name] ?? [],
      ...(name === probed && { readyPort: findReadyPort(ports[name]) }),
    });

  const initContainers: V1Container[] = [];
  for (const { name, role } of order.value.first) {
    const container = render(name);
    if (!container.ok) return container;
    initContainers.push(
      runFirst(container.value, role, workload.containers[name]),
    );
  }
  const containers: V1Container[] = [];
  for (const name of order.value.main) {
    const container = render(name);
    if (!container.ok) return container;
    containers.push(container.value);
  }

  const volumes = [
    ...volumeNames.map(name => ({ name, ...resources.volumes[name] })),
    ...(files.configMap
      ? [filesVolumeOf(filesVolume, files.configMap, files)]
      : []),
    ...renderSecretVolumes(files.mounts),
  ];
  const pod: AsJson<V1PodSpec> = {
    ...(initContainers.length > 0 && { initContainers }),
    containers,
    ...(volumes.length > 0 && { volumes }),
    ...(input.pullSecrets.length > 0 && {
      imagePullSecrets: input.pullSecrets.map(name => ({ name })),
    }),
    // Apps do not use the API of their cluster by default.
    automountServiceAccountToken: false,
    // Variables of other services of the namespace would change how an app behaves.
    enableServiceLinks: false,
    securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
  };
  return rendered(input.baseline ? restrictPod(pod, input.baseline) : pod);
}

/**
 * Renders an init container: one that ends, or one that keeps running beside
 * the others once it has started or is healthy.
 */
function runFirst(
  container: V1Container,
  role: StartRole,
  { readinessProbe, livenessProbe }: ScoreWorkload['containers'][string],
): V1Container {
  switch (role) {
    case 'complete': {
      // It has ended before a probe could run; a cluster refuses probes here.
      const {
        livenessProbe: _liveness,
        readinessProbe: _readiness,
        ...rest
      } = container;
      return rest;
    }
    case 'healthy':
      return {
        ...container,
        restartPolicy: 'Always',
        startupProbe: {
          ...(renderProbe(readinessProbe) ?? renderProbe(livenessProbe)),
          periodSeconds: 2,
          failureThreshold: 30,
        },
      };
    default:
      return { ...container, restartPolicy: 'Always' };
  }
}

/**
 * Assigns the ports of the workload to containers, for readers of the pod:
 * Score does not say which one serves. The container whose probe uses the port,
 * else the first.
 */
function assignPorts(
  { containers, service }: ScoreWorkload,
  names: string[],
): Record<string, V1ContainerPort[]> {
  const assigned: Record<string, V1ContainerPort[]> = {};
  const seen = new Set<string>();
  const wanted = Object.values(service?.ports ?? {}).map(
    ({ port, targetPort = port, protocol = 'TCP' }) => ({
      containerPort: targetPort,
      protocol,
    }),
  );
  for (const port of wanted.sort(
    (a, b) =>
      a.containerPort - b.containerPort || (a.protocol < b.protocol ? -1 : 1),
  )) {
    const key = `${port.containerPort}/${port.protocol}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const probing = names.find(name =>
      [containers[name].readinessProbe, containers[name].livenessProbe].some(
        probe => probe?.httpGet?.port === port.containerPort,
      ),
    );
    const owner = probing ?? names[0];
    (assigned[owner] ??= []).push(port);
  }
  return assigned;
}

/**
 * Returns the port whose connections show readiness: without this a server that
 * listens on another port than its service names would be ready the moment it
 * starts. The lowest one, as the others may be opened later or never.
 */
function findReadyPort(ports: V1ContainerPort[] = []): number | undefined {
  return ports.find(({ protocol }) => protocol === 'TCP')?.containerPort;
}

/** Returns the only server; where several containers run beside each other, Score does not say which one serves. */
function findOnlyServer({ first, main }: ContainerOrder): string | undefined {
  const isAlone =
    main.length === 1 && first.every(({ role }) => role === 'complete');
  return isAlone ? main[0] : undefined;
}

function filesVolumeOf(
  name: string,
  configMap: RenderedConfigMap,
  { mounts }: RenderedFiles,
): AsJson<V1Volume> {
  return {
    name,
    configMap: {
      name: configMap.metadata.name,
      items: mounts
        .filter(({ secret }) => !secret)
        .map(({ key, mode }) => ({ key, path: key, mode })),
    },
  };
}

function checksum({ data, binaryData }: RenderedConfigMap): string {
  return sha256(canonicalJson({ data, binaryData }));
}

function freeName(preferred: string, taken: string[]): string {
  let name = preferred;
  for (let count = 2; taken.includes(name); count += 1)
    name = `${preferred}-${count}`;
  return name;
}
