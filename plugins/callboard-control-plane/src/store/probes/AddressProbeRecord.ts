import type { AddressProbe } from '@callboard/plugin-callboard-core';

/** Result of the portal's probe of an app's address. */
export interface AddressProbeRecord {
  url: string;
  app: string;
  environment: string;
  probe: AddressProbe;
  /** Ingress addresses of the clusters, for a name that does not resolve. */
  targets: string[];
}
