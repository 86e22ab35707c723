import {
  type App,
  type Audit,
  type Cluster,
  type FleetSummary,
  type ItemList,
  type JournalEntry,
  MOST_PER_PAGE,
  type PlacementAnswer,
  type ReleaseDetails,
  type RolloutAnswer,
  type WhatIfReport,
} from '@callboard/plugin-callboard-common';
import type { Portal } from './Portal';

/** What the API answers, raw: numbers of pages are counted from it. */
export interface Answers {
  /** Of the portal, as addresses on pages have it. */
  host: string;
  fleet: FleetSummary;
  clusters: Cluster[];
  apps: App[];
  audit: Audit;
  releases: Record<string, ReleaseDetails[]>;
  /** By app and environment: `shop prod`. */
  placements: Record<string, PlacementAnswer>;
  rollouts: Record<string, RolloutAnswer>;
  journal: JournalEntry[];
  /** What draining a cluster would do, by its name. */
  drains: Record<string, WhatIfReport>;
}

const DRAINED = 'eu-1';

/** @param at - an instant of the past; now when omitted */
export async function readAnswers(
  portal: Pick<Portal, 'api' | 'url'>,
  at?: string,
): Promise<Answers> {
  const ask = async <T>(path: string): Promise<T> => {
    const instant = at && `${path.includes('?') ? '&' : '?'}at=${at}`;
    const { status, body } = await portal.api<T>(`${path}${instant ?? ''}`);
    if (status !== 200)
      throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
    return body;
  };
  const list = async <T>(path: string) =>
    (
      await ask<ItemList<T>>(
        `${path}${path.includes('?') ? '&' : '?'}limit=${MOST_PER_PAGE}`,
      )
    ).items;
  const [fleet, clusters, apps, audit, journal] = await Promise.all([
    ask<FleetSummary>('/fleet'),
    list<Cluster>('/clusters'),
    list<App>('/apps'),
    ask<Audit>('/audit'),
    list<JournalEntry>('/journal'),
  ]);
  const deployments = apps.flatMap(app =>
    app.environments
      .filter(({ release }) => release !== null)
      .map(environment => ({ app, environment })),
  );
  const of = async <T>(
    places: typeof deployments,
    answer: string,
  ): Promise<Record<string, T>> =>
    Object.fromEntries(
      await Promise.all(
        places.map(async ({ app, environment }) => [
          `${app.name} ${environment.name}`,
          await ask<T>(
            `/apps/${app.name}/environments/${environment.name}/${answer}`,
          ),
        ]),
      ),
    );
  const canDrain = !at && clusters.some(({ name }) => name === DRAINED);
  return {
    host: new URL(portal.url).host,
    drains: canDrain ? { [DRAINED]: await rehearseDrain(portal) } : {},
    fleet,
    clusters,
    apps,
    audit,
    journal,
    releases: Object.fromEntries(
      await Promise.all(
        apps.map(async ({ name }) => [
          name,
          await list<ReleaseDetails>(`/apps/${name}/releases`),
        ]),
      ),
    ),
    placements: await of<PlacementAnswer>(
      deployments.filter(({ environment }) => environment.placement !== null),
      'placement',
    ),
    rollouts: await of<RolloutAnswer>(
      deployments.filter(({ environment }) => environment.rollout),
      'rollout',
    ),
  };
}

async function rehearseDrain(
  portal: Pick<Portal, 'api' | 'url'>,
): Promise<WhatIfReport> {
  const { body } = await portal.api<WhatIfReport>('/fleet/what-if', {
    method: 'POST',
    body: { changes: [{ kind: 'drain', cluster: DRAINED }] },
  });
  return body;
}
