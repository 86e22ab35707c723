import type {
  AddressTls,
  AddressVia,
  EnvironmentAddress,
} from '@callboard/plugin-callboard-common';
import { type AddressedApp, hostsOf, schemeFor } from './planAddresses';
import { targetOf } from './targetOf';

/**
 * The addresses at which an app answers in its environment, whichever cluster
 * does, as people read them: with the scheme and port that a cluster has taken
 * them with, or those that they will have. None where nothing of the app answers.
 *
 * @param urls - addresses that clusters say they have taken
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

/** Until a cluster has taken it, its port is not known where it is one of a Service. */
function urlOf(
  host: string,
  path: string,
  { via, tls }: { via: AddressVia; tls?: AddressTls },
): string {
  return `${schemeFor(via, tls)}://${host}${path === '/' ? '' : path}`;
}
