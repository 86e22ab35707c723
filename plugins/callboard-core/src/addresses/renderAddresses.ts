import type { V1Ingress } from '@kubernetes/client-node';
import type {
  AddressTls,
  AddressVia,
  KubeObject,
} from '@callboard/plugin-callboard-common';
import type { Manifest } from '../kubernetes';
import { sortKeys } from '../render/canonicalJson';
import { environmentLabels } from '../render/labels';
import { namespaceOf } from '../render/namespaceOf';
import type { AddressPlan, PlannedAddress } from './types';

/** Objects that route one host to an app. */
export interface RenderedAddress {
  host: string;
  objects: KubeObject[];
}

interface Host {
  host: string;
  /** The longest path first, which is correct for every controller that reads them. */
  routes: PlannedAddress[];
  namespace: string;
  labels: Record<string, string>;
}

/**
 * Renders the objects that route outside traffic to an app, by host: an
 * HTTPRoute of the gateway, or an Ingress, with a Certificate where
 * cert-manager issues it. Named after the host. None where the workload's own
 * Service is exposed (`exposeServices`). They carry no release number, so that
 * a release that changes no address does not change them.
 */
export function renderAddresses(
  of: { app: string; environment: string },
  { via, tls, addresses }: AddressPlan,
): RenderedAddress[] {
  if (via.type !== 'Gateway' && via.type !== 'Ingress') return [];
  const common = {
    namespace: namespaceOf(of.app, of.environment),
    labels: environmentLabels(of),
  };
  return [...new Set(addresses.map(({ host }) => host))].sort().map(host => {
    const routes = addresses
      .filter(each => each.host === host)
      .sort(
        (a, b) => b.path.length - a.path.length || (a.path < b.path ? -1 : 1),
      );
    const one = { ...common, host, routes };
    const objects =
      via.type === 'Gateway'
        ? [renderHttpRoute(one, via)]
        : [
            ...(tls.type === 'CertManager'
              ? [renderCertificate(one, tls)]
              : []),
            renderIngress(one, via, tls),
          ];
    return { host, objects: objects.map(sortKeys) };
  });
}

function metadataOf({ host, namespace, labels }: Host) {
  return { name: host, namespace, labels };
}

function renderHttpRoute(
  one: Host,
  { name = '', namespace = 'default' }: AddressVia & { type: 'Gateway' },
): KubeObject {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: metadataOf(one),
    spec: {
      parentRefs: [{ name, namespace }],
      hostnames: [one.host],
      rules: one.routes.map(({ path, workload, port }) => ({
        matches: [{ path: { type: 'PathPrefix', value: path } }],
        backendRefs: [{ name: workload, port }],
      })),
    },
  };
}

/** Without the name of a Secret the Ingress controller serves its own certificate. */
function renderIngress(
  one: Host,
  { class: ingressClass }: AddressVia & { type: 'Ingress' },
  tls: AddressTls,
): Manifest<V1Ingress> {
  const { host, routes } = one;
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: metadataOf(one),
    spec: {
      ...(ingressClass !== undefined && { ingressClassName: ingressClass }),
      ...(tls.type !== 'None' && {
        tls: [
          {
            hosts: [host],
            ...(tls.type === 'CertManager' && { secretName: secretOf(one) }),
          },
        ],
      }),
      rules: [
        {
          host,
          http: {
            paths: routes.map(({ path, workload, port }) => ({
              path,
              pathType: 'Prefix',
              backend: { service: { name: workload, port: { number: port } } },
            })),
          },
        },
      ],
    },
  };
}

/** Source: cert-manager.io/v1, https://cert-manager.io/docs/reference/api-docs/#cert-manager.io/v1.Certificate */
function renderCertificate(
  one: Host,
  { issuer }: AddressTls & { type: 'CertManager' },
): KubeObject {
  return {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata: metadataOf(one),
    spec: {
      secretName: secretOf(one),
      dnsNames: [one.host],
      issuerRef: {
        group: 'cert-manager.io',
        kind: 'ClusterIssuer',
        name: issuer,
      },
    },
  };
}

function secretOf({ host }: Host): string {
  return `${host}-tls`;
}
