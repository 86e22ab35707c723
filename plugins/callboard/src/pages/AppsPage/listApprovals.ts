import type { App, Release } from '@callboard/plugin-callboard-common';
import { promotionsOf } from '../AppPage/promotions';

/** A release that only waits for the user's approval. */
export interface ApprovalRequest {
  app: string;
  title: string;
  environment: string;
  environmentTitle: string;
  release: Release;
  /** When it arrived in the environment before, and who deployed it there. */
  since?: string;
  by?: string;
}

/** Lists releases that the user may approve now, longest waiting first. */
export function listApprovals(
  apps: readonly App[],
  owns: ReadonlySet<string>,
): ApprovalRequest[] {
  return apps
    .flatMap(app =>
      promotionsOf(app).flatMap(({ environment: name, release }) => {
        const into = app.environments.find(each => each.name === name);
        const approval = into?.promotion?.approval;
        if (!into || approval === undefined || !owns.has(approval)) return [];
        const from = app.environments.find(
          each => each.name === into.promotion?.from,
        );
        return [
          {
            app: app.name,
            title: app.title,
            environment: name,
            environmentTitle: into.title,
            release,
            ...(from?.releasedAt && { since: from.releasedAt }),
            ...(from?.releasedBy && { by: from.releasedBy }),
          },
        ];
      }),
    )
    .sort(
      (a, b) =>
        (a.since ?? '').localeCompare(b.since ?? '') ||
        a.app.localeCompare(b.app) ||
        a.environment.localeCompare(b.environment),
    );
}
