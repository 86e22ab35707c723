import type { AddressClaim } from '@callboard/plugin-callboard-core';
import type { Knex } from 'knex';
import type { AddressClaimRecord } from './AddressClaimRecord';
import { findAddressClaims } from './findAddressClaims';

/** A claim that cannot be had, and who has it. */
export interface TakenClaim {
  claim: AddressClaim;
  by: AddressClaimRecord;
}

/**
 * Records that an app has hosts and paths for itself, all or none of them. Of two
 * transactions that want the same one the second waits, and is told of the first.
 *
 * @param claims - sorted: two that want several in another order would wait for each other
 * @returns the first that another app has; undefined where all are its own now
 */
export async function claimAddresses(
  tx: Knex.Transaction,
  app: string,
  claims: readonly AddressClaim[],
): Promise<TakenClaim | undefined> {
  const hosts = claims.map(({ host }) => host);
  const before = await findAddressClaims(tx, { hosts });
  const early = findTaken(app, claims, before);
  if (early) return early;
  const missing = claims.filter(claim => !holderOf(claim, before));
  if (missing.length === 0) return undefined;
  await tx('address_claims')
    .insert(
      missing.map(({ host, path, environment }) => ({
        host,
        path,
        environment,
        app,
      })),
    )
    .onConflict(['host', 'path'])
    .ignore();
  const late = findTaken(app, claims, await findAddressClaims(tx, { hosts }));
  if (late)
    for (const { host, path } of missing)
      await tx('address_claims').where({ host, path, app }).delete();
  return late;
}

/** The first of these that another app has. */
export function findTaken(
  app: string,
  claims: readonly AddressClaim[],
  claimed: readonly AddressClaimRecord[],
): TakenClaim | undefined {
  for (const claim of claims) {
    const by = holderOf(claim, claimed);
    if (by && by.app !== app) return { claim, by };
  }
  return undefined;
}

function holderOf(
  { host, path }: AddressClaim,
  claimed: readonly AddressClaimRecord[],
): AddressClaimRecord | undefined {
  return claimed.find(each => each.host === host && each.path === path);
}
