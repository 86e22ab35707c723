import type {
  KubeObject,
  ScoreWorkload,
} from '@callboard/plugin-callboard-common';
import { nearestName } from '../../nearestName';
import type {
  ClusterTraits,
  ProvisionContext,
  Provisioned,
  ResourceRequest,
} from '../types';
import { hostOf } from './hostOf';
import { type Refusal, quoteAll, unknownParam } from './params';

/** Route of requests from outside to a port. */
interface Route {
  name: string;
  host: string;
  path: string;
  workload: string;
  port: number;
}

type Read<T> = { ok: true; value: T } | Refusal;

/**
 * Provisions a route from outside, for a host and a path, to a port of the
 * workload: by an HTTPRoute of the gateway in the cluster's blueprint, else by
 * an Ingress. Params: `host`, `path`, `port` (a name or number of its service).
 */
export function provisionRoute(
  resource: ResourceRequest,
  context: ProvisionContext,
): Provisioned {
  const odd = unknownParam(resource.params, ['host', 'path', 'port']);
  if (odd) return odd;
  const workload = findWorkload(resource, context);
  if (!workload.ok) return workload;
  const host = readHost(resource, context);
  if (!host.ok) return host;
  const path = readPath(resource.params.path ?? '/');
  if (!path.ok) return path;
  const port = readPort(resource.params.port, workload.value);
  if (!port.ok) return port;
  const route = {
    name: resource.objectName,
    host: host.value,
    path: path.value,
    workload: workload.value.metadata.name,
    port: port.value,
  };
  const { gateway, ingressClass } = context.cluster ?? {};
  return {
    ok: true,
    outputs: { host: route.host, path: route.path },
    objects: [
      gateway
        ? renderHttpRoute(route, gateway)
        : renderIngress(route, ingressClass),
    ],
  };
}

function renderHttpRoute(
  { name, host, path, workload, port }: Route,
  gateway: NonNullable<ClusterTraits['gateway']>,
): KubeObject {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name },
    spec: {
      parentRefs: [{ name: gateway.name, namespace: gateway.namespace }],
      hostnames: [host],
      rules: [
        {
          matches: [{ path: { type: 'PathPrefix', value: path } }],
          backendRefs: [{ name: workload, port }],
        },
      ],
    },
  };
}

/** Renders the Ingress; without a class it is of the cluster's default one. */
function renderIngress(
  { name, host, path, workload, port }: Route,
  ingressClass: string | undefined,
): KubeObject {
  const service = { name: workload, port: { number: port } };
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name },
    spec: {
      ...(ingressClass !== undefined && { ingressClassName: ingressClass }),
      rules: [
        {
          host,
          http: { paths: [{ path, pathType: 'Prefix', backend: { service } }] },
        },
      ],
    },
  };
}

function findWorkload(
  { workloads }: ResourceRequest,
  context: ProvisionContext,
): Read<ScoreWorkload> {
  const [only, ...others] = workloads;
  const workload = context.workloads.find(
    ({ metadata }) => metadata.name === only,
  );
  if (workload && others.length === 0) return { ok: true, value: workload };
  return {
    ok: false,
    why: `it is shared by the workloads ${quoteAll(
      workloads,
    )}, but a route leads to one`,
    next: 'Give each workload a route with an id of its own, or none',
  };
}

function readHost(
  resource: ResourceRequest,
  context: ProvisionContext,
): Read<string> {
  const { host } = resource.params;
  if (host !== undefined)
    return isHost(host)
      ? { ok: true, value: host }
      : {
          ok: false,
          param: 'host',
          why: 'this is no name of a host',
          next: 'Use a name such as "shop.example.com", or that of a "dns" resource',
        };
  const known = hostOf(resource, context);
  // Whether a cluster has a domain is checked only once a cluster is given.
  if (known.isPublic || !context.cluster)
    return { ok: true, value: known.host };
  return {
    ok: false,
    param: 'host',
    why: `no domain of the cluster "${context.cluster.name}" is known that it could be a name of`,
    next: 'Name the host, or ask the platform team for a Gateway with a listener for "*.DOMAIN" in the blueprint',
  };
}

const HOST =
  /^(?:\*\.)?[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/;

function isHost(host: unknown): host is string {
  return typeof host === 'string' && host.length <= 253 && HOST.test(host);
}

function readPath(path: unknown): Read<string> {
  const isPath =
    typeof path === 'string' &&
    path.length <= 1024 &&
    /^\/[A-Za-z0-9._~:@=+/-]*$/.test(path) &&
    !/\/\/|\/\.{1,2}(?:\/|$)/.test(path);
  return isPath
    ? { ok: true, value: path }
    : {
        ok: false,
        param: 'path',
        why: 'must be a path such as "/api"',
        next: 'Start it with "/" and leave out "//", ".", ".." and what would have to be escaped',
      };
}

/** Reads a port by its name or number; the only one where none is named. */
function readPort(
  wanted: unknown,
  { metadata, service }: ScoreWorkload,
): Read<number> {
  const ports = service?.ports ?? {};
  const names = Object.keys(ports).sort();
  const name = names.find(
    each =>
      each === wanted ||
      String(ports[each].port) === String(wanted) ||
      (wanted === undefined && names.length === 1),
  );
  if (name !== undefined) return { ok: true, value: ports[name].port };
  const { hint, next } = nearestName(String(wanted), names);
  return {
    ok: false,
    param: 'port',
    why: `must name a port of the workload "${metadata.name}"${hint}`,
    next:
      names.length === 0
        ? 'Give that workload a port under "service.ports"'
        : next,
  };
}
