import { once } from 'node:events';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Problem, ProblemError } from '@callboard/plugin-callboard-common';
import { pushRelease } from '@callboard/plugin-callboard-git-node';
import type { Request, Router } from 'express';
import { ConcurrencyLimiter } from '../doors/ConcurrencyLimiter';
import { isHeldOrUnknown } from '../doors/isHeldOrUnknown';
import { leaveSignal } from '../doors/leaveSignal';
import { watchRight } from '../doors/watchRight';
import { sourceFollowed } from '../sources';
import { answerOperation } from './answerOperation';
import { audited } from './audited';
import { describeAuthor } from './newApp';
import { readNewRelease } from './readNewRelease';
import { readReleaser } from './readReleaser';
import type { RouterDeps } from './RouterDeps';
import { unwrap } from './read';

const KINDS = [
  ['readSbom', 'sbom'],
  ['readProvenance', 'provenance'],
] as const;

const NUMBER_MS = 25_000; // without a build; below the timeouts of clients and proxies
const FOLLOW_MS = 300_000; // the same as in git
const MOST_FOLLOWERS = 100;
const MOST_FOLLOWERS_EACH = 10;

/** Releases of images that were built elsewhere, progress of builds and releases, and documents attached to images. */
export function addReleaseRoutes(router: Router, deps: RouterDeps): void {
  const { controlPlane, guard, auditor, pushes, now } = deps;
  const followers = new ConcurrencyLimiter({
    total: MOST_FOLLOWERS,
    perCaller: MOST_FOLLOWERS_EACH,
    waitMs: 0,
  });

  answerOperation(router, 'createRelease', async (req, res) => {
    const releaser = await readReleaser(req, deps);
    const { actor, request } = releaser;
    const { app } = req.params;
    const { files, owner } = req.body;
    const answer = await audited(
      auditor,
      {
        eventId: 'app-push',
        ...(request && { request }),
        meta: { app, actor, commit: req.body.revision.commit },
      },
      async () => {
        const pusher = await releaser.readPusher({
          app,
          ...(owner !== undefined && { owner }),
        });
        const followed = await controlPlane.findSource(app);
        if (followed) throw new ProblemError(sourceFollowed(followed));
        const { message, author, elsewhere } = readNewRelease(
          req.body,
          req.get('idempotency-key'),
        );
        const { commit, warnings } = unwrap(
          await pushRelease(
            {
              app,
              files,
              message,
              author: author ?? describeAuthor(actor),
              pusher,
              at: now(),
              elsewhere,
            },
            pushes,
          ),
        );
        const number = unwrap(
          await controlPlane.awaitRelease(
            { app, commit },
            AbortSignal.any([leaveSignal(res), AbortSignal.timeout(NUMBER_MS)]),
          ),
        );
        return { number, ...(warnings.length > 0 && { warnings }) };
      },
    );
    res.status(201).json(answer);
  });

  answerOperation(router, 'followRelease', async (req, res) => {
    const releaser = await readReleaser(req, deps);
    const { app, release } = req.params;
    await releaser.demandToFollow(app);
    const leave = await followers.acquire(releaser.actor);
    if (!leave) throw new ProblemError(tooManyFollowers());
    const end = new AbortController();
    const stopWatching = watchRight(
      () => mayFollow(req, app),
      () => end.abort(),
    );
    const signal = AbortSignal.any([
      end.signal,
      leaveSignal(res),
      AbortSignal.timeout(FOLLOW_MS),
    ]);
    try {
      const lines = unwrap(
        await controlPlane.followRelease(
          { app, release: Number(release) },
          signal,
        ),
      );
      res
        .status(200)
        .type('application/x-ndjson')
        .set('Cache-Control', 'no-store, no-transform')
        .set('X-Accel-Buffering', 'no');
      res.flushHeaders();
      for await (const { kind, line } of lines) {
        if (signal.aborted) break;
        if (!res.write(`${JSON.stringify({ kind, line })}\n`))
          await once(res, 'drain', { signal }).catch(() => undefined);
      }
      res.end();
    } finally {
      stopWatching();
      leave();
    }
  });

  /** Checked again: a token may have expired and its holder have left a group. */
  function mayFollow(req: Request, app: string): Promise<boolean> {
    return isHeldOrUnknown(async () => {
      await (await readReleaser(req, deps)).demandToFollow(app);
      return true;
    }, controlPlane);
  }

  answerOperation(router, 'readBuildLog', async (req, res) => {
    const caller = await guard.identify(req);
    const { app, revision } = req.params;
    await guard.demandToSee(caller, app);
    res.json(unwrap(await controlPlane.readBuildLog({ app, revision })));
  });

  for (const [operation, kind] of KINDS) {
    answerOperation(router, operation, async (req, res) => {
      const caller = await guard.identify(req);
      const { app, release } = req.params;
      await guard.demandToSee(caller, app);
      const { image } = req.query;
      const document = await controlPlane.readReleaseEvidence({
        app,
        release: Number(release),
        kind,
        ...(typeof image === 'string' && { image }),
      });
      // Streamed unchanged, whatever its length.
      res.type('json');
      await pipeline(Readable.from(unwrap(document)), res).catch(() =>
        res.destroy(),
      );
    });
  }
}

function tooManyFollowers(): Problem {
  return {
    code: 'output-busy',
    what: 'Cannot follow this release now',
    why: `${MOST_FOLLOWERS} releases are followed, or ${MOST_FOLLOWERS_EACH} of them by you`,
    next: 'See the page of the app; the release goes on',
    transient: true,
  };
}
