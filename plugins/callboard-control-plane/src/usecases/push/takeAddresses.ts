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

/** The parts of a push that determine its addresses. */
export interface PushedAddresses {
  app: string;
  appFile: AppFile | undefined;
  environments: readonly EnvironmentFile[];
}

/** Returns why a push is refused: another app has claimed one of its hosts and paths. Changes nothing. */
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
 * Claims the hosts and paths of a push, or returns why it is refused. Those
 * that neither it nor a release in an environment uses any more are released.
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
