import type {
  History,
  TimelineLanes,
} from '@callboard/plugin-callboard-common';
import { describePastInGap } from '@callboard/plugin-callboard-core';
import type { Router } from 'express';
import { answerOperation } from './answerOperation';
import type { RouterDeps } from './RouterDeps';
import { readAt, unwrap } from './read';

/**
 * The start of the history and whether an instant is covered, for everyone who
 * is signed in, and the timeline of an app.
 */
export function addHistoryRoutes(
  router: Router,
  { controlPlane, guard }: RouterDeps,
): void {
  answerOperation(router, 'getHistory', async (req, res) => {
    const { at } = readAt(req);
    const since = await controlPlane.getHistoryStart();
    const gap = at && (await controlPlane.findGap(at));
    const history: History = {
      since: since.toISOString(),
      ...(gap && {
        gap: {
          from: gap.from.toISOString(),
          to: gap.to.toISOString(),
          cause: gap.cause,
          sentence: describePastInGap(gap),
        },
      }),
    };
    res.json(history);
  });

  answerOperation(router, 'getTimeline', async (req, res) => {
    const caller = await guard.identify(req);
    const { app } = req.params;
    await guard.demandToSee(caller, app, readAt(req));
    const { from, to, lanes } = req.query;
    const timeline = await controlPlane.readTimeline(app, {
      ...readAt(req),
      ...(typeof from === 'string' && { from }),
      ...(typeof to === 'string' && { to }),
      ...(typeof lanes === 'string' && { lanes: lanes as TimelineLanes }), // validated by the OpenAPI document
    });
    res.json(unwrap(timeline));
  });
}
