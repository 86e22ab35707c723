import { addressTaken, listClaims } from '@callboard/plugin-callboard-core';
import type {
  AppFile,
  EnvironmentFile,
  Problem,
} from '@callboard/plugin-callboard-common';
import type { Knex } from 'knex';
import {
  claimAddresses,
  findAddressClaims,
  findEnvironmentReleases,
  findReleaseContents,
  findTaken,
  releaseAddresses,
} from '../../store';

/** What is pushed, as far as its addresses go. */
export interface PushedAddresses {
  app: string;
  appFile: AppFile | undefined;
  environments: readonly EnvironmentFile[];
}

/** Why a push is refused: another app has a host and path that it wants. Changes nothing. */
export async function findTakenAddress(
  knex: Knex,
  { app, appFile, environments }: PushedAddresses,
): Promise<Problem | undefined> {
  const claims = listClaims(app, environments, appFile);
  const hosts = claims.map(({ host }) => host);
  const taken = findTaken(
    app,
    claims,
    await findAddressClaims(knex, { hosts }),
  );
  return taken && addressTaken(refusedPush(app), taken.claim, taken.by);
}

/**
 * Takes the hosts and paths that a push wants, or says why it is refused. Those
 * that neither it nor a release in an environment wants any more are given up.
 */
export async function takeAddresses(
  tx: Knex.Transaction,
  { app, appFile, environments }: PushedAddresses,
): Promise<Problem | undefined> {
  const claims = listClaims(app, environments, appFile);
  const taken = await claimAddresses(tx, app, claims);
  if (taken) return addressTaken(refusedPush(app), taken.claim, taken.by);
  const own = await findAddressClaims(tx, { app });
  if (own.length === claims.length) return undefined;
  const released = await findEnvironmentReleases(tx, { app });
  const contents = await findReleaseContents(
    tx,
    released.map(({ release }) => ({ app, number: release })),
  );
  const inUse = released.flatMap(({ environment, release }) =>
    listClaims(
      app,
      environments.filter(({ metadata }) => metadata.name === environment),
      contents.get(`${app}/${release}`)?.content.appFile,
    ),
  );
  await releaseAddresses(tx, app, [...claims, ...inUse]);
  return undefined;
}

function refusedPush(app: string): string {
  return `Cannot push to "${app}"`;
}
