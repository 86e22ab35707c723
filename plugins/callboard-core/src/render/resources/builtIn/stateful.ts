import type { V1Container } from '@kubernetes/client-node';
import {
  ANNOTATIONS,
  type KubeObject,
  LABELS,
} from '@callboard/plugin-callboard-common';
import type { AsJson } from '../../../kubernetes';
import { parseQuantity } from '../../../quantity';
import { environmentLabels } from '../../labels';
import { versionOf } from '../generatedSecret';
import type { ProvisionContext, ResourceRequest } from '../types';
import { type Refusal, quoteAll, unknownParam } from './params';
import { RESTRICTED_CONTAINER, restrictedPod } from './restricted';

/** A server of the plain provisioners, with one pod and one claim. */
export interface StatefulServer {
  image: string;
  port: number;
  /** User id in the image: the server never runs as root. */
  uid: number;
  /** Mount path of the claim. */
  dataPath: string;
  /** Size of the claim. */
  size: string;
  container: Pick<
    AsJson<V1Container>,
    'env' | 'command' | 'args' | 'lifecycle'
  >;
  requests: { cpu: string; memory: string };
}

/**
 * Renders the objects of a server: a policy that admits the app's own pods
 * only, the service under the name of the resource, the stateful set. Its claim
 * is kept when the set is deleted.
 */
export function renderStateful(
  resource: ResourceRequest,
  context: ProvisionContext,
  server: StatefulServer,
): KubeObject[] {
  const { objectName: name } = resource;
  const labels = labelsOf(resource, context);
  const { port } = server;
  return [
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name },
      spec: {
        podSelector: { matchLabels: selectorOf(labels) },
        policyTypes: ['Ingress'],
        ingress: [
          {
            from: [{ podSelector: {} }],
            ports: [{ port, protocol: 'TCP' }],
          },
        ],
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name },
      spec: {
        selector: selectorOf(labels),
        ports: [{ name: resource.type, port, targetPort: port }],
      },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name },
      spec: {
        serviceName: name,
        replicas: 1,
        selector: { matchLabels: selectorOf(labels) },
        template: {
          metadata: { labels, ...rotatedAnnotations(resource, context) },
          spec: renderPod(resource, server),
        },
        volumeClaimTemplates: [
          {
            metadata: { name: 'data', labels },
            spec: {
              accessModes: ['ReadWriteOnce'],
              resources: { requests: { storage: server.size } },
            },
          },
        ],
      },
    },
  ];
}

/** Returns the labels of all objects of a resource, pods and claims included. */
function labelsOf(
  { objectName }: ResourceRequest,
  { app, environment }: ProvisionContext,
): Record<string, string> {
  return {
    ...environmentLabels({ app, environment }),
    [LABELS.resource]: objectName,
  };
}

/** Returns the labels that never change, as selectors are immutable. */
function selectorOf(labels: Record<string, string>): Record<string, string> {
  return {
    [LABELS.app]: labels[LABELS.app],
    [LABELS.environment]: labels[LABELS.environment],
    [LABELS.resource]: labels[LABELS.resource],
  };
}

/** A server reads its password once: a new version needs a new pod. */
export function rotatedAnnotations(
  { objectName }: ResourceRequest,
  { secretVersions }: ProvisionContext,
): { annotations?: Record<string, string> } {
  const version = versionOf(secretVersions, objectName);
  return version === 1
    ? {}
    : {
        annotations: {
          [ANNOTATIONS.secretVersions]: `${objectName}=${version}`,
        },
      };
}

function renderPod(
  { type }: ResourceRequest,
  { image, port, uid, dataPath, container, requests }: StatefulServer,
) {
  return {
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: restrictedPod(uid),
    terminationGracePeriodSeconds: 60, // a server writes its memory to disk before it ends
    containers: [
      {
        name: type,
        image,
        ...container,
        ports: [{ containerPort: port, protocol: 'TCP' }],
        // Without a given limit its memory is not limited, so that it is not killed for its
        // use.
        resources: { requests },
        readinessProbe: { tcpSocket: { port }, periodSeconds: 2 },
        securityContext: RESTRICTED_CONTAINER,
        volumeMounts: [{ name: 'data', mountPath: dataPath }],
      },
    ],
  };
}

/** Reads the params of a server: the version of its image and the size of its claim. */
export function readServerParams(
  { params }: ResourceRequest,
  defaults: { version: string; size: string },
  versions: readonly string[],
): { ok: true; value: { version: string; size: string } } | Refusal {
  const read = readTexts(params, defaults);
  if (!read.ok) return read;
  const { version, size } = read.value;
  return findVersionFault(version, versions) ?? findSizeFault(size) ?? read;
}

/** Reads the parameters of a type, all of them texts, with their defaults. */
export function readTexts<T extends Record<string, string>>(
  params: Record<string, unknown>,
  defaults: T,
): { ok: true; value: T } | Refusal {
  const odd = unknownParam(params, Object.keys(defaults).sort());
  if (odd) return odd;
  const value: Record<string, string> = { ...defaults };
  for (const [param, given] of Object.entries(params)) {
    if (typeof given !== 'string' && typeof given !== 'number')
      return {
        ok: false,
        param,
        why: 'must be a text',
        next: 'Correct the value',
      };
    value[param] = String(given);
  }
  return { ok: true, value: value as T };
}

/** Finds a fault in the size of a claim. */
export function findSizeFault(size: string): Refusal | undefined {
  return (parseQuantity(size) ?? 0n) > 0n
    ? undefined
    : {
        ok: false,
        param: 'size',
        why: 'must be an amount such as "1Gi"',
        next: 'Correct the amount',
      };
}

/** Finds a fault in the version of a server, which must be one of the offered ones. */
function findVersionFault(
  version: string,
  offered: readonly string[],
): Refusal | undefined {
  return offered.includes(version)
    ? undefined
    : {
        ok: false,
        param: 'version',
        why: 'this version is not offered',
        next: `Use one of ${quoteAll(offered)}`,
      };
}
