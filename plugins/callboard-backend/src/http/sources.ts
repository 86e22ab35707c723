import {
  type AppSource,
  ProblemError,
  checkSourceAddress,
} from '@callboard/plugin-callboard-common';
import type { SourceRecord } from '@callboard/plugin-callboard-control-plane';
import type { Request, Router } from 'express';
import { answerOperation } from './answerOperation';
import { audited } from './audited';
import type { RouterDeps } from './RouterDeps';
import { readWhy, unwrap } from './read';
import { readReleaser } from './readReleaser';

/** Repositories elsewhere that apps follow. */
export function addSourceRoutes(router: Router, deps: RouterDeps): void {
  const { auditor, controlPlane, follower, guard } = deps;

  const view = (source: SourceRecord): AppSource => {
    const { url, branch, path, connectedBy, connectedAt, look } = source;
    const checkedAt = follower.lookedAt(source);
    return {
      url,
      branch,
      ...(path !== undefined && { path }),
      connectedBy,
      connectedAt: connectedAt.toISOString(),
      ...(look.commit !== undefined && { commit: look.commit }),
      ...(look.head !== undefined && { revision: look.head }),
      ...(checkedAt && { checkedAt: checkedAt.toISOString() }),
      ...(look.problem && { problem: look.problem }),
    };
  };
  const read = async (app: string) => {
    const source = await controlPlane.findSource(app);
    return {
      ...(source && { source: view(source) }),
      hosts: follower.hosts,
    };
  };
  /** Throws unless the caller may push to the app: a followed source pushes on their behalf. */
  const demandToPush = async (req: Request, app: string) => {
    const releaser = await readReleaser(req, deps);
    await releaser.readPusher({ app });
    return releaser.actor;
  };

  answerOperation(router, 'readSource', async (req, res) => {
    const caller = await guard.identify(req);
    const { app } = req.params;
    await guard.demandToSee(caller, app);
    unwrap(await controlPlane.getApp(app));
    res.json(await read(app));
  });

  answerOperation(router, 'connectSource', async (req, res) => {
    const { app } = req.params;
    const { url, branch, path, owner } = req.body;
    const address = unwrap(
      checkSourceAddress({
        url,
        ...(branch !== undefined && { branch }),
        ...(path !== undefined && { path }),
      }),
    );
    const releaser = await readReleaser(req, deps);
    await audited(
      auditor,
      {
        eventId: 'source-connect',
        request: req,
        meta: { app, ...address },
      },
      async () => {
        const pusher = await releaser.readPusher({
          app,
          ...(owner !== undefined && { owner }),
        });
        return unwrap(
          await follower.connect({ app, ...address, pusher, ...readWhy(req) }),
        );
      },
    );
    res.json(await read(app));
  });

  answerOperation(router, 'refreshSource', async (req, res) => {
    const { app } = req.params;
    await demandToPush(req, app);
    if (!(await controlPlane.findSource(app)))
      throw new ProblemError({
        code: 'source-not-connected',
        what: `Cannot look for new commits of "${app}"`,
        why: 'it follows no repository elsewhere: its code is pushed to the portal',
        next: 'Push to the portal, or connect the app to a repository',
        transient: false,
      });
    await follower.look(app);
    res.json(await read(app));
  });

  answerOperation(router, 'disconnectSource', async (req, res) => {
    const { app } = req.params;
    await audited(
      auditor,
      { eventId: 'source-disconnect', request: req, meta: { app } },
      async () => {
        const actor = await demandToPush(req, app);
        unwrap(
          await controlPlane.disconnectSource({
            app,
            actor,
            ...readWhy(req),
          }),
        );
      },
    );
    res.status(204).end();
  });
}
