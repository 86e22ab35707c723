import type { AddressClaim } from '@callboard/plugin-callboard-core';
import type { Knex } from 'knex';
import type { AddressClaimRecord } from './AddressClaimRecord';
import { findAddressClaims } from './findAddressClaims';

/** A claim that is already taken, and its holder. */
export interface TakenClaim {
  claim: AddressClaim;
  by: AddressClaimRecord;
}

/**
 * Records that an app claims hosts and paths exclusively, all or none of them.
 * Of two transactions with the same claim the second waits, and then finds the
 * claim of the first.
 *
 * @param claims - sorted: transactions with different orders would deadlock
 * @returns the first claim that another app holds; undefined where the app now
 *   holds all
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

/** Returns the first of these claims that another app holds. */
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
