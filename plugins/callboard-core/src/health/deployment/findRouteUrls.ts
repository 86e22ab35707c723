import {
  type KubeObject,
  isRecord,
  refKey,
  refOf,
} from '@callboard/plugin-callboard-common';
import type { DesiredDeployment, ObservedObjects } from './types';

/**
 * Returns the URLs of routes that their gateway or Ingress controller has
 * accepted: the host names that people type. Wildcard names (`*.example.com`)
 * are left out.
 */
export function findRouteUrls(
  {
    objects,
    isGatewayTls,
  }: Pick<DesiredDeployment, 'objects' | 'isGatewayTls'>,
  seen: ObservedObjects,
): string[] {
  const urls = objects
    .filter(object => isTaken(object, seen))
    .flatMap(({ kind, spec }) =>
      kind === 'HTTPRoute'
        ? urlsOfHttpRoute(spec, isGatewayTls === true)
        : urlsOfIngress(spec),
    );
  return [...new Set(urls)];
}

function isTaken(object: KubeObject, seen: ObservedObjects): boolean {
  const { kind, apiVersion } = object;
  const isRoute =
    (kind === 'HTTPRoute' &&
      apiVersion.startsWith('gateway.networking.k8s.io/')) ||
    (kind === 'Ingress' && apiVersion.startsWith('networking.k8s.io/'));
  if (!isRoute) return false;
  const found = seen.get(refKey(refOf(object)));
  return found?.health?.status === 'Healthy' && !found.terminating;
}

function urlsOfHttpRoute(spec: unknown, isTls: boolean): string[] {
  if (!isRecord(spec)) return [];
  const paths = listOf(spec.rules).flatMap(rule =>
    listOf(rule.matches).map(({ path }) =>
      isRecord(path) ? String(path.value) : '/',
    ),
  );
  return hostsOf(spec.hostnames).flatMap(host =>
    paths.map(path => urlOf(host, path, isTls)),
  );
}

function urlsOfIngress(spec: unknown): string[] {
  if (!isRecord(spec)) return [];
  const secure = new Set(
    listOf(spec.tls).flatMap(({ hosts }) => hostsOf(hosts)),
  );
  return listOf(spec.rules).flatMap(({ host, http }) =>
    hostsOf([host]).flatMap(name =>
      listOf(isRecord(http) ? http.paths : undefined).map(({ path }) =>
        urlOf(name, typeof path === 'string' ? path : '/', secure.has(name)),
      ),
    ),
  );
}

function hostsOf(hosts: unknown): string[] {
  return (Array.isArray(hosts) ? hosts : []).filter(
    (host): host is string => typeof host === 'string' && !host.includes('*'),
  );
}

function listOf(value: unknown): Array<Record<string, unknown>> {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function urlOf(host: string, path: string, isTls: boolean): string {
  return `${isTls ? 'https' : 'http'}://${host}${path === '/' ? '' : path}`;
}
