import type { AddressProbe } from '@callboard/plugin-callboard-core';

/** What the portal found at an address of an app. */
export interface AddressProbeRecord {
  url: string;
  app: string;
  environment: string;
  probe: AddressProbe;
  /** Where clusters let the world in, of a name that does not resolve. */
  targets: string[];
}
