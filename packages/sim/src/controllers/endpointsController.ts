import { equalJson, type JsonObject, type SimObject } from '../json';
import type { Node, Pod, Service } from '../kinds';
import { isPodActive, isPodReady } from '../kinds';
import { matchMap } from '../selectors';
import { type ClusterClient, storageOf } from './ClusterClient';
import { type Controller, keyOf, splitKey } from './Controller';
import { controllerReference } from './owners';

const ZONE = 'topology.kubernetes.io/zone';
const CHANGED = 'endpoints.kubernetes.io/last-change-trigger-time';
const SERVICE_LABEL = 'kubernetes.io/service-name';

/** Keeps the Endpoints and the EndpointSlice of each service with a selector. */
export function endpointsController(client: ClusterClient): Controller {
  const [services, pods] = [storageOf('Service'), storageOf('Pod')];
  return {
    name: 'endpoints',
    keysOf({ storage, object, previous }) {
      if (storage === services) return [keyOf(object.metadata)];
      if (storage !== pods) return [];
      return client
        .list<Service>('Service', object.metadata.namespace)
        .filter(({ spec }) =>
          [object, previous].some(
            pod =>
              pod !== undefined &&
              matchMap(spec.selector)(pod.metadata.labels ?? {}),
          ),
        )
        .map(({ metadata }) => keyOf(metadata));
    },
    reconcile(key) {
      const { namespace, name } = splitKey(key);
      const service = client.get<Service>('Service', namespace, name);
      const endpoints = client.get('Endpoints', namespace, name);
      if (service === undefined) {
        if (endpoints !== undefined) client.delete(endpoints);
        return undefined;
      }
      if (
        service.spec.selector === undefined ||
        service.metadata.deletionTimestamp !== undefined
      )
        return undefined;
      const backends = backendsOf(client, service);
      writeEndpoints(client, service, { live: endpoints, backends });
      writeSlice(client, service, backends);
      return undefined;
    },
  };
}

/** Returns the pods of a service that have an address. */
export function backendsOf(
  client: ClusterClient,
  { spec, metadata }: Service,
): Pod[] {
  const matches = matchMap(spec.selector);
  return client
    .list<Pod>('Pod', metadata.namespace)
    .filter(
      pod =>
        matches(pod.metadata.labels ?? {}) &&
        pod.status.podIP !== undefined &&
        (isPodActive(pod) || pod.metadata.deletionTimestamp !== undefined),
    )
    .filter(
      ({ status }) => status.phase === 'Running' || status.phase === 'Pending',
    );
}

/** Returns the container port of a service's port; names are looked up in the pod. */
export function targetPortOf(
  { targetPort, port }: { targetPort?: number | string; port: number },
  pod: Pod,
): number | undefined {
  if (typeof targetPort === 'string') {
    return pod.spec.containers
      .flatMap(({ ports }) => ports ?? [])
      .find(({ name }) => name === targetPort)?.containerPort;
  }
  return targetPort ?? port;
}

function writeEndpoints(
  client: ClusterClient,
  service: Service,
  { live, backends }: { live: SimObject | undefined; backends: readonly Pod[] },
): void {
  const { name, namespace, labels } = service.metadata;
  const subsets = subsetsOf(service, backends);
  const metadata = {
    labels: {
      ...labels,
      'endpoints.kubernetes.io/managed-by': 'endpoint-controller',
    },
    annotations: { [CHANGED]: client.timestamp() },
  };
  if (live === undefined) {
    client.create('Endpoints', {
      metadata: { name, namespace, ...metadata },
      ...(subsets.length > 0 ? { subsets } : {}),
    });
  } else if (!equalJson(live.subsets ?? [], subsets)) {
    client.update(live, draft => {
      Object.assign(draft.metadata, metadata);
      draft.subsets = subsets.length > 0 ? subsets : undefined;
    });
  }
}

function subsetsOf({ spec }: Service, backends: readonly Pod[]): JsonObject[] {
  const isListed = (pod: Pod) =>
    isPodReady(pod) && pod.metadata.deletionTimestamp === undefined;
  const addresses = backends
    .filter(pod => isListed(pod) || spec.publishNotReadyAddresses === true)
    .map(addressOf);
  const notReady = backends
    .filter(pod => !isListed(pod) && isPodActive(pod))
    .map(addressOf);
  if (addresses.length + notReady.length === 0) return [];
  const ports = (spec.ports ?? []).map(port => ({
    ...(port.name === undefined ? {} : { name: port.name }),
    port: targetPortOf(port, backends[0]) ?? port.port,
    protocol: port.protocol,
  }));
  return [
    {
      ...(addresses.length > 0 ? { addresses } : {}),
      ...(notReady.length > 0 ? { notReadyAddresses: notReady } : {}),
      ports,
    },
  ];
}

function addressOf({ metadata, spec, status }: Pod): JsonObject {
  const targetRef = {
    kind: 'Pod',
    name: metadata.name,
    namespace: metadata.namespace,
    uid: metadata.uid,
  };
  return { ip: status.podIP, nodeName: spec.nodeName, targetRef };
}

function writeSlice(
  client: ClusterClient,
  service: Service,
  backends: readonly Pod[],
): void {
  const { name, namespace, labels } = service.metadata;
  const live = client
    .list('EndpointSlice', namespace)
    .find(({ metadata }) => metadata.labels?.[SERVICE_LABEL] === name);
  const endpoints = backends.map(pod => endpointOf(client, pod));
  const ports = (service.spec.ports ?? []).map(port => ({
    name: port.name ?? '',
    port:
      backends[0] === undefined ? undefined : targetPortOf(port, backends[0]),
    protocol: port.protocol,
  }));
  if (live === undefined) {
    client.create('EndpointSlice', {
      metadata: {
        name: '',
        generateName: `${name}-`,
        namespace,
        labels: {
          ...labels,
          'endpointslice.kubernetes.io/managed-by':
            'endpointslice-controller.k8s.io',
          [SERVICE_LABEL]: name,
        },
        annotations: { [CHANGED]: client.timestamp() },
        ownerReferences: [controllerReference(service)],
      },
      addressType: 'IPv4',
      endpoints,
      ports,
    });
  } else if (
    !equalJson(live.endpoints ?? [], endpoints) ||
    !equalJson(live.ports ?? [], ports)
  ) {
    client.update(live, draft => {
      draft.metadata.annotations = {
        ...draft.metadata.annotations,
        [CHANGED]: client.timestamp(),
      };
      Object.assign(draft, { endpoints, ports });
    });
  }
}

function endpointOf(client: ClusterClient, pod: Pod): JsonObject {
  const isGoing = pod.metadata.deletionTimestamp !== undefined;
  const zone = client.get<Node>('Node', undefined, pod.spec.nodeName ?? '')
    ?.metadata.labels?.[ZONE];
  return {
    addresses: [pod.status.podIP ?? ''],
    conditions: {
      ready: isPodReady(pod) && !isGoing,
      serving: isPodReady(pod),
      terminating: isGoing,
    },
    nodeName: pod.spec.nodeName,
    targetRef: {
      kind: 'Pod',
      name: pod.metadata.name,
      namespace: pod.metadata.namespace,
      uid: pod.metadata.uid,
    },
    ...(zone === undefined ? {} : { zone }),
  };
}
