import type {
  AppFile,
  EnvironmentFile,
} from '@callboard/plugin-callboard-common';
import { compareText } from '../placement/selectors';
import { hostsOf } from './planAddresses';
import type { AddressClaim } from './types';

/** Lists the hosts and paths that an app claims in all environments, sorted by host and path, each once. */
export function listClaims(
  app: string,
  platform: readonly EnvironmentFile[],
  appFile: AppFile | undefined,
): AddressClaim[] {
  const wanted = appFile?.spec.environments ?? [];
  const claims = new Map<string, AddressClaim>();
  for (const { metadata, spec } of platform) {
    const requested = wanted.find(({ name }) => name === metadata.name);
    for (const { host, path } of hostsOf(app, {
      ...(spec.addresses && { addresses: spec.addresses }),
      ...(requested?.addresses && {
        requestedAddresses: requested.addresses,
      }),
    })) {
      const key = `${host}${path}`;
      if (!claims.has(key))
        claims.set(key, { environment: metadata.name, host, path });
    }
  }
  return [...claims.values()].sort(
    (a, b) => compareText(a.host, b.host) || compareText(a.path, b.path),
  );
}
