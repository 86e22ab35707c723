import { type App, listOf } from '@callboard/plugin-callboard-common';
import { changeOf, describeDeploy } from '@callboard/plugin-callboard-core';
import { type Io, UsageError } from '../Io';
import { describeChanges } from '../portal/describeChanges';
import { demandEnvironment, findPlace } from '../portal/findPlace';
import { PORTAL_OPTION, PORTAL_USAGE, askPortal } from '../portal/openPortal';
import { pageOf } from '../portal/pageOf';
import { plainJson, plainText } from '../portal/plainText';
import type { PortalClient } from '../portal/PortalClient';
import { untilThere } from '../portal/untilThere';
import { readArguments } from '../readArguments';
import { readNumber } from '../readNumber';
import type { Verb } from './Verb';

const DEFAULT_MINUTES = 30;

type Options = ReturnType<typeof readArguments<'text' | 'json'>>;

/** Promotes a release into an environment, after a preview of the effect. */
export const promote: Verb = {
  name: 'promote',
  summary: 'promote a release to an environment, or roll back to one',
  usage: `Usage: callboard promote [APP] ENVIRONMENT [options]

Says what would change on which clusters, then promotes. At a terminal it asks before. Without APP the app of this
folder.

  --release N            the release; without it the one that the environment waits for
  --why TEXT             for the journal
  --wait                 follows until the release is healthy there, or has failed
  --timeout MINUTES      so long it follows at most; ${DEFAULT_MINUTES} when omitted
  --dry-run              says what would change, and does nothing
  -y, --yes              does not ask
${PORTAL_USAGE}
  -o, --output FORMAT    text, or json: {"release", "environment", "changes"} and, with --wait, a line of JSON for each step

Exit code: 0 accepted (with --wait: healthy), 1 refused or failed, 2 usage, or the portal cannot be reached`,
  run(args, io) {
    const options = readArguments(
      args,
      {
        ...PORTAL_OPTION,
        release: { type: 'string' },
        why: { type: 'string' },
        wait: { type: 'boolean' },
        timeout: { type: 'string' },
        'dry-run': { type: 'boolean' },
        yes: { type: 'boolean', short: 'y' },
      },
      { takesFiles: true },
    );
    const wanted = readNumber(options, 'release');
    const minutes = readNumber(options, 'timeout') ?? DEFAULT_MINUTES;
    return askPortal(options, io, async client => {
      const { app, name } = await findTarget(options.positionals, client, io);
      const release = wanted ?? candidateOf(app, name);
      const environment = app.environments.find(each => each.name === name)!;
      const follow = () =>
        untilThere(
          { app: app.name, environment: name, release },
          { client, io, minutes, output: options.output },
        );
      if (environment.release?.number === release) {
        io.err(`Release ${release} is already in ${environment.title}`);
        return options.flag('wait') ? follow() : 0;
      }
      if (!(await sayChanges({ app, name, release }, { options, client, io })))
        return 0;
      const why = options.text('why');
      const { warnings } = await client.read('promote', {
        path: { app: app.name, environment: name },
        body: {
          release,
          replaces: environment.release?.number ?? null,
          ...(why !== undefined && { why }),
        },
      });
      if (options.output === 'text')
        warnings.forEach(warning => io.out(plainText(`Note: ${warning}`)));
      if (options.flag('wait')) return follow();
      if (options.output === 'text')
        io.out(`Accepted. It is on its way: ${pageOf(client.base, app.name)}`);
      return 0;
    });
  },
};

async function findTarget(
  names: readonly string[],
  client: PortalClient,
  io: Io,
): Promise<{ app: App; name: string }> {
  const place = await findPlace(names, client, io);
  if (place.environment === undefined)
    throw new UsageError(
      `To which environment? ${place.app.name} has ${
        listOf(place.app.environments.map(({ name }) => name)) || 'none'
      }`,
    );
  return { app: place.app, name: demandEnvironment(place) };
}

function candidateOf(app: App, name: string): number {
  const environment = app.environments.find(each => each.name === name)!;
  const candidate = environment.promotion?.candidate ?? null;
  if (candidate === null)
    throw new UsageError(
      `Nothing waits to be promoted to ${environment.title}: name a release with --release`,
    );
  return candidate;
}

/**
 * @returns whether to promote
 */
async function sayChanges(
  { app, name, release }: { app: App; name: string; release: number },
  { options, client, io }: { options: Options; client: PortalClient; io: Io },
): Promise<boolean> {
  const environment = app.environments.find(each => each.name === name)!;
  const path = { app: app.name, environment: name };
  const changes = await client.read('diffReleases', {
    path: { ...path, release },
  });
  const placement = await client.read('getPlacement', { path });
  const releases = await client.list('listReleases', {
    path: { app: app.name },
  });
  if (options.output === 'json')
    io.out(plainJson({ release, environment: name, changes }));
  else
    describeChanges({
      environment,
      release,
      releases,
      changes,
      placement,
    }).forEach(line => io.out(plainText(line)));
  if (options.flag('dry-run')) return false;
  if (options.flag('yes') || !io.terminal.input || !io.terminal.output)
    return true;
  const { button } = describeDeploy(
    release,
    environment.title,
    changeOf(release, environment, releases),
  );
  const answer = await io.askLine(`${button}? [y/N] `);
  const isMeant = /^y(es)?$/i.test(answer?.trim() ?? '');
  if (!isMeant) io.err('Nothing was changed');
  return isMeant;
}
