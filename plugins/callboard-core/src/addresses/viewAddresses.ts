import type {
  AddressTls,
  AddressVia,
  EnvironmentAddress,
} from '@callboard/plugin-callboard-common';
import { type AddressedApp, hostsOf, schemeFor } from './planAddresses';
import { targetOf } from './targetOf';

/**
 * Returns the addresses of an app in its environment, on any cluster, as people
 * read them: with the scheme and port with which a cluster accepted them, or
 * the planned ones. Empty where no workload of the app serves.
 *
 * @param urls - addresses that clusters have accepted
 */
export function viewAddresses(
  { app, environment, workloads }: AddressedApp,
  urls: readonly string[],
): EnvironmentAddress[] {
  const { addresses: given, requestedAddresses = [{}] } = environment;
  if (!given) return [];
  return hostsOf(app, environment)
    .filter(
      (_, at) =>
        targetOf(app, requestedAddresses[at], workloads).kind === 'found',
    )
    .map(({ host, path }) => {
      const taken = urls.find(url => isAt(url, host, path));
      return {
        url: taken ?? urlOf(host, path, given),
        accepted: taken !== undefined,
      };
    });
}

function isAt(url: string, host: string, path: string): boolean {
  if (!URL.canParse(url)) return false;
  const { hostname, pathname } = new URL(url);
  return hostname === host && pathname === path;
}

/** Until a cluster has accepted it, the port of an address by a Service is not known. */
function urlOf(
  host: string,
  path: string,
  { via, tls }: { via: AddressVia; tls?: AddressTls },
): string {
  return `${schemeFor(via, tls)}://${host}${path === '/' ? '' : path}`;
}
