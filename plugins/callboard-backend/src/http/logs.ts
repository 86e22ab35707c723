import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import {
  type LogLine,
  type OperationInput,
  type Problem,
  ProblemError,
} from '@callboard/plugin-callboard-common';
import type { Request, Response, Router } from 'express';
import { ConcurrencyLimiter } from '../doors/ConcurrencyLimiter';
import { isHeldOrUnknown } from '../doors/isHeldOrUnknown';
import { leaveSignal } from '../doors/leaveSignal';
import { watchRight } from '../doors/watchRight';
import { answerOperation } from './answerOperation';
import { audited } from './audited';
import type { Caller } from './Caller';
import { isTrue, unwrap } from './read';
import type { RouterDeps } from './RouterDeps';

const MOST_READERS = 100; // who follow logs at the same time
const MOST_READERS_EACH = 10;
const LONGEST_MS = 60 * 60 * 1000;
const DEFAULT_TAIL = 200;
const LINES_OF_A_TURN = 500;

type Question = Parameters<RouterDeps['controlPlane']['readLogs']>[0];

/** Logs of an app in an environment, as JSON Lines. Read from clusters at that moment, so it is audited. */
export function addLogRoutes(
  router: Router,
  { controlPlane, guard, auditor }: RouterDeps,
): void {
  const readers = new ConcurrencyLimiter({
    total: MOST_READERS,
    perCaller: MOST_READERS_EACH,
    waitMs: 0,
  });

  answerOperation(router, 'readLogs', async (req, res) => {
    const caller = await guard.identify(req);
    const question = questionOf(req.params, req.query);
    const { app, environment, cluster = null } = question;
    const meta = { app, environment, cluster };
    const read = <T>(action: () => Promise<T>) =>
      audited(
        auditor,
        { eventId: 'logs-read', severityLevel: 'low', request: req, meta },
        async () => {
          await guard.demandToSee(caller, app);
          return action();
        },
      );
    if (!isTrue(req.query.follow)) {
      const lines = await read(async () =>
        unwrap(await controlPlane.readLogs(question)),
      );
      begin(res);
      await send(lines, res, leaveSignal(res));
      res.end();
      return;
    }
    if (question.filter.previous || question.filter.until !== undefined)
      throw new ProblemError(nothingToFollow());
    const leave = await readers.acquire(caller.actor);
    if (!leave) throw new ProblemError(tooManyReaders());
    const end = new AbortController();
    const stop = () => end.abort();
    res.once('close', stop);
    const late = setTimeout(stop, LONGEST_MS);
    const stopWatching = watchRight(() => maySee(caller, app), stop);
    try {
      await read(() => follow(question, res, end.signal));
    } finally {
      stopWatching();
      clearTimeout(late);
      leave();
    }
  });

  async function follow(
    question: Question,
    res: Response,
    signal: AbortSignal,
  ): Promise<void> {
    const lines = controlPlane.followLogs(question, signal);
    for (;;) {
      const next = await lines.next();
      if (next.done) {
        if (next.value) throw new ProblemError(next.value);
        break;
      }
      if (!res.headersSent) begin(res);
      await send(next.value, res, signal);
    }
    if (!res.headersSent) begin(res);
    res.end();
  }

  function maySee(caller: Caller, app: string): Promise<boolean> {
    return isHeldOrUnknown(
      () => guard.demandToSee(caller, app).then(() => true),
      controlPlane,
    );
  }
}

/** Lines reach the reader as they are written: proxies must not buffer them. */
function begin(res: Response): Response {
  res
    .status(200)
    .type('application/x-ndjson')
    .set('Cache-Control', 'no-store, no-transform')
    .set('X-Accel-Buffering', 'no');
  res.flushHeaders();
  return res;
}

/** Writes at the reader's speed; yields to the event loop in between. */
async function send(
  lines: readonly LogLine[],
  res: Response,
  signal: AbortSignal,
): Promise<void> {
  for (let done = 0; done < lines.length; done += LINES_OF_A_TURN) {
    if (signal.aborted) return;
    const part = lines.slice(done, done + LINES_OF_A_TURN);
    const isTaken = res.write(
      part.map(line => `${JSON.stringify(line)}\n`).join(''),
    );
    await (isTaken
      ? setImmediate()
      : once(res, 'drain', { signal }).catch(() => undefined));
  }
}

type Query = NonNullable<OperationInput<'readLogs'>['query']>;

function questionOf(
  { app, environment }: { app: string; environment: string },
  query: Request['query'],
): Question {
  const { cluster, instance, grep, level, since, until } = query as Query;
  return {
    app,
    environment,
    cluster,
    filter: {
      instance,
      grep,
      level,
      since,
      until,
      previous: isTrue(query.previous),
      tail: Number(query.tail ?? DEFAULT_TAIL),
    },
  };
}

function nothingToFollow(): Problem {
  return {
    code: 'request-invalid',
    what: 'Cannot follow this output',
    why: 'what a run wrote before, or up to an instant, does not go on',
    next: 'Ask without follow, or without previous and until',
    transient: false,
  };
}

function tooManyReaders(): Problem {
  return {
    code: 'output-busy',
    what: 'Cannot follow this output now',
    why: `${MOST_READERS} readers follow outputs, or ${MOST_READERS_EACH} of them are yours`,
    next: 'Close another view of an output, or ask without follow',
    transient: true,
  };
}
