import type { AddressClaim } from '@callboard/plugin-callboard-core';

/** A host and path that an app has claimed exclusively. */
export interface AddressClaimRecord extends AddressClaim {
  app: string;
}
