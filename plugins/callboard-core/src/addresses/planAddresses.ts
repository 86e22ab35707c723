import {
  type AddressTls,
  type AddressVia,
  type AppAddress,
  type ClusterFile,
  type EnvironmentAddresses,
  type Problem,
  type Result,
  type ScoreWorkload,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import type { ClusterTraits } from '../render/resources/types';
import { namespaceOf } from '../render/namespaceOf';
import { targetOf } from './targetOf';
import type { AddressPlan, PlannedAddress } from './types';

/** Facts about an app in an environment that decide its addresses. */
export interface AddressedApp {
  app: string;
  environment: {
    name: string;
    /** Addresses of the platform. */
    addresses?: EnvironmentAddresses;
    /** Addresses requested in app.yaml; its own name where omitted. */
    requestedAddresses?: readonly AppAddress[];
  };
  workloads: readonly ScoreWorkload[];
}

/** Facts about a cluster that decide addresses: its file and the traits of its blueprint. */
export interface AddressedCluster {
  file: ClusterFile;
  traits: Pick<ClusterTraits, 'gateway' | 'ingressClass'>;
}

/**
 * Plans the public addresses of an app on a cluster: its hosts in the
 * environment (`<app>.<domain>`, or those that app.yaml requests), and those of
 * the cluster (`<app>--<environment>.<domain>`) where it has a domain. Pure.
 *
 * @returns undefined where neither defines how traffic enters, or no workload
 *   of the app serves; a problem where this cluster has no gateway
 */
export function planAddresses(
  of: AddressedApp,
  { file, traits }: AddressedCluster,
): Result<AddressPlan | undefined> {
  const { addresses: given } = of.environment;
  const said = file.spec.addresses;
  const wanted = said?.via ?? given?.via;
  if (!wanted) return ok(undefined);
  const via = completeVia(wanted, traits);
  const tls = tlsFor(wanted, said?.tls ?? given?.tls);
  const addresses = listAddresses(of, said?.domain).map(address => ({
    ...address,
    scheme: schemeFor(wanted, tls),
  }));
  if (addresses.length === 0) return ok(undefined);
  return via
    ? ok({ via, tls, addresses })
    : failed(gatewayMissing(of, file.metadata.name));
}

/** Fills in the gateway of the blueprint where none is named; undefined where it has none. */
function completeVia(
  via: AddressVia,
  { gateway, ingressClass }: AddressedCluster['traits'],
): AddressVia | undefined {
  switch (via.type) {
    case 'Gateway':
      if (via.name !== undefined) return via;
      return (
        gateway && {
          type: 'Gateway',
          name: gateway.name,
          namespace: gateway.namespace,
        }
      );
    case 'Ingress':
      return ingressClass === undefined ? via : { class: ingressClass, ...via };
    default:
      return via;
  }
}

/**
 * Returns the hosts and paths that an app claims in an environment, even where
 * no workload serves; empty where it gets none.
 */
export function hostsOf(
  app: string,
  {
    addresses: given,
    requestedAddresses = [{}],
  }: Pick<AddressedApp['environment'], 'addresses' | 'requestedAddresses'>,
): Array<{ host: string; path: string }> {
  if (!given) return [];
  return requestedAddresses.map(
    ({ host = `${app}.${given.domain}`, path = '/' }) => ({ host, path }),
  );
}

function listAddresses(
  { app, environment, workloads }: AddressedApp,
  clusterDomain: string | undefined,
): Array<Omit<PlannedAddress, 'scheme'>> {
  const { name, addresses: given, requestedAddresses = [{}] } = environment;
  const targets = requestedAddresses.map(request => ({
    request,
    target: targetOf(app, request, workloads),
  }));
  const hostsIn = [
    ...(clusterDomain === undefined
      ? []
      : [() => `${namespaceOf(app, name)}.${clusterDomain}`]),
    ...(given
      ? [({ host = `${app}.${given.domain}` }: AppAddress) => host]
      : []),
  ];
  const all = hostsIn.flatMap(hostOf =>
    targets.flatMap(({ request, target }) =>
      target.kind === 'found'
        ? [
            {
              host: hostOf(request),
              path: request.path ?? '/',
              workload: target.workload,
              port: target.port,
            },
          ]
        : [],
    ),
  );
  // Two hosts that app.yaml distinguishes have the same name on the cluster: the first is
  // kept.
  return all.filter(
    (one, at) =>
      all.findIndex(
        ({ host, path }) => host === one.host && path === one.path,
      ) === at,
  );
}

/** Returns the scheme of an address. */
export function schemeFor(
  via: AddressVia,
  wanted: AddressTls | undefined,
): 'http' | 'https' {
  return tlsFor(via, wanted).type === 'None' ? 'http' : 'https';
}

/** A cluster may expose apps in another way than its environment; TLS settings that do not apply to it are left out. */
function tlsFor(via: AddressVia, wanted: AddressTls | undefined): AddressTls {
  switch (via.type) {
    case 'Gateway':
      return wanted?.type === 'None' ? wanted : { type: 'Platform' };
    case 'Ingress':
      return wanted ?? { type: 'Platform' };
    case 'LoadBalancer':
    case 'NodePort':
      return { type: 'None' };
    default:
      return via satisfies never;
  }
}

function gatewayMissing(
  { app, environment }: AddressedApp,
  cluster: string,
): Problem {
  return {
    code: 'address-without-gateway',
    what: `Cannot give "${app}" an address in "${environment.name}" on ${cluster}`,
    why: 'its addresses lead through a Gateway, no name of one is given, and the blueprint of the cluster has none',
    next: 'Ask the platform team to name the Gateway in spec.addresses.via of the environment or the cluster, or to put one into the blueprint',
    transient: false,
  };
}
