import { type LogLine, type Problem } from '@callboard/plugin-callboard-common';
import type {
  ClusterAsker,
  ClusterReader,
  FactReader,
} from '../../reconcile/roles';
import { Semaphore } from '../../reconcile/fleet/Semaphore';
import { pause } from '../../Timers';
import { ClusterFollower } from './ClusterFollower';
import { LogQueue } from './LogQueue';
import { type LogQuestion, findClusters, readLogs } from './readLogs';
import { ShownLines } from './ShownLines';
import { noteLine } from './toLogLines';

const LOOK_MS = 1_000;
const GATHER_MS = 50; // lines that several containers write together are sent in the order they were written
const MOST_WAITING = 5_000; // lines that wait for a slow reader
const MOST_AT_ONCE = 1_000;
const MOST_STREAMS = 100;

/**
 * Yields the last output of an app in an environment, and then later lines
 * until the signal aborts: also of instances that start later and of clusters
 * that it is placed on later.
 *
 * @returns the problem where there is nothing to follow at all
 */
export async function* followLogs(
  question: LogQuestion,
  context: ClusterReader,
  signal: AbortSignal,
): AsyncGenerator<LogLine[], Problem | undefined> {
  const { app, environment, filter } = question;
  const end = new AbortController();
  const ending = AbortSignal.any([signal, end.signal]);
  const queue = new LogQueue<LogLine>(MOST_WAITING);
  const streams = new Semaphore(MOST_STREAMS);
  const followers = new Map<string, ClusterFollower>();
  const followerOf = (cluster: string) => {
    const follower =
      followers.get(cluster) ??
      new ClusterFollower(
        { kind: 'app', app, environment, cluster },
        {
          filter,
          context,
          push: lines => queue.push(lines),
          acquireStream: () => streams.tryAcquire(),
          signal: ending,
        },
      );
    followers.set(cluster, follower);
    return follower;
  };
  const first = await readLogs(question, context, (cluster, run, lines) =>
    followerOf(cluster).note(run, lines),
  );
  if (!first.ok) return first.problem;
  yield first.value;
  const look = async () => {
    const clusters = question.cluster
      ? [question.cluster]
      : await findClusters({ app, environment }, context);
    await Promise.all(clusters.map(name => followerOf(name).look()));
  };
  const looking = lookAgain(look, context, ending);
  try {
    const shown = new ShownLines(question, context);
    while (!signal.aborted) {
      await queue.wait(signal);
      await pause(context.timers, GATHER_MS, signal);
      const { items, dropped } = queue.take(MOST_AT_ONCE);
      const lines = await shown.of(items);
      if (dropped > 0) lines.unshift(leftOut(dropped, context));
      if (lines.length > 0) yield lines;
    }
    return undefined;
  } finally {
    end.abort();
    await looking;
  }
}

async function lookAgain(
  look: () => Promise<void>,
  { timers, deps }: ClusterAsker,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await look().catch(error => {
      if (!signal.aborted)
        deps.logger.warn('Cannot follow the output of an app', error as Error);
    });
    await pause(timers, LOOK_MS, signal);
  }
}

function leftOut(count: number, { deps }: FactReader): LogLine {
  const text = `… ${count.toLocaleString(
    'en',
  )} lines left out: they come faster than they can be sent`;
  return noteLine(deps.clock.now(), '', text);
}
