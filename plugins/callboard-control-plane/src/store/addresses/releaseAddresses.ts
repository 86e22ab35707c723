import type { AddressClaim } from '@callboard/plugin-callboard-core';
import type { Knex } from 'knex';
import { findAddressClaims } from './findAddressClaims';

/** Releases the hosts and paths of an app except those in use; other apps may then claim them. */
export async function releaseAddresses(
  tx: Knex.Transaction,
  app: string,
  kept: readonly Pick<AddressClaim, 'host' | 'path'>[] = [],
): Promise<void> {
  for (const { host, path } of await findAddressClaims(tx, { app }))
    if (!kept.some(each => each.host === host && each.path === path))
      await tx('address_claims').where({ host, path, app }).delete();
}
