import type { App, AppEnvironment } from '@callboard/plugin-callboard-common';
import {
  describeEnvironment,
  endSentence,
} from '@callboard/plugin-callboard-core';
import type { ExitCode, Io } from '../Io';
import { isWell } from './describeStatus';
import { plainJson, plainText } from './plainText';
import { type PortalClient, PortalSilent } from './PortalClient';

const LOOK_MS = 2_000;
const MINUTE_MS = 60_000;

/** Progress of a release in an environment. */
type Arrival = 'there' | 'on-its-way' | 'failed' | 'replaced';

/** Follows a release until it is healthy in an environment or has failed, and prints each step once. */
export async function untilThere(
  of: { app: string; environment: string; release: number },
  {
    client,
    io,
    minutes,
    output,
  }: {
    client: PortalClient;
    io: Io;
    minutes: number;
    output: 'text' | 'json';
  },
): Promise<ExitCode> {
  const end = io.untilEnded();
  const deadline = io.now().getTime() + minutes * MINUTE_MS;
  let reported: string | undefined;
  while (io.now().getTime() < deadline && !end.aborted) {
    const environment = await read(of, client);
    if (environment) {
      const arrival = judgeArrival(environment, of.release, io.now());
      const says = sayOf(environment, of.release, { arrival, now: io.now() });
      if (says !== reported)
        io.out(
          output === 'json'
            ? plainJson({ kind: arrival, line: says })
            : plainText(says),
        );
      reported = says;
      if (arrival === 'there') return 0;
      if (arrival !== 'on-its-way') return 1;
    }
    await io.pause(LOOK_MS, end);
  }
  io.err(
    end.aborted
      ? 'It goes on without you'
      : `Not healthy after ${minutes} minutes; it goes on`,
  );
  return 1;
}

/** A restart of the portal does not interrupt the rollout, so a missing answer is ignored. */
async function read(
  { app, environment }: { app: string; environment: string },
  client: PortalClient,
): Promise<AppEnvironment | undefined> {
  const found: App | undefined = await client
    .read('getApp', { path: { app } })
    .catch(error => {
      if (error instanceof PortalSilent) return undefined;
      throw error;
    });
  return found?.environments.find(({ name }) => name === environment);
}

/** Only observations of this release count, not those of the one before it. */
function judgeArrival(
  environment: AppEnvironment,
  wanted: number,
  now: Date,
): Arrival {
  const { release, rollout, problem, findings, clusters } = environment;
  if (release?.number !== wanted) return 'replaced';
  if (problem) return 'failed';
  if (rollout?.release === wanted) {
    if (rollout.phase === 'halted' || rollout.phase === 'aborted')
      return 'failed';
    if (rollout.phase !== 'done' && rollout.phase !== 'waiting-for-clusters')
      return 'on-its-way';
  }
  if (findings.some(({ conclusive }) => conclusive)) return 'failed';
  const isEverywhere =
    clusters.length > 0 &&
    clusters.every(
      each => each.release === wanted && each.desiredRelease === wanted,
    );
  if (!isEverywhere) return 'on-its-way';
  if (isWell(environment, now)) return 'there';
  return environment.health.status === 'Degraded' ? 'failed' : 'on-its-way';
}

function sayOf(
  environment: AppEnvironment,
  wanted: number,
  { arrival, now }: { arrival: Arrival; now: Date },
): string {
  if (arrival === 'replaced')
    return `Another release took the place of release ${wanted} in ${environment.title}.`;
  const clause = describeEnvironment(environment, now) ?? '';
  return endSentence(`${clause.charAt(0).toUpperCase()}${clause.slice(1)}`);
}
