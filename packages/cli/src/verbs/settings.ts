import { isSettingName } from '@callboard/plugin-callboard-common';
import {
  describeEffect,
  describeWhere,
  effectIn,
  kindOfSetting,
} from '@callboard/plugin-callboard-core';
import { type ExitCode, type Io, UsageError } from '../Io';
import { describeSettings } from '../portal/describeSettings';
import { type Place, demandEnvironment, findPlace } from '../portal/findPlace';
import { PORTAL_OPTION, PORTAL_USAGE, askPortal } from '../portal/openPortal';
import { plainJson, plainText } from '../portal/plainText';
import type { PortalClient } from '../portal/PortalClient';
import { readArguments } from '../readArguments';
import type { Verb } from './Verb';

type Options = ReturnType<typeof readArguments<'text' | 'json'>>;
interface World {
  options: Options;
  client: PortalClient;
  io: Io;
}

type Action = (names: string[], options: Options, io: Io) => Promise<ExitCode>;

const ACTIONS: Partial<Record<string, Action>> = {
  list: (names, options, io) =>
    askPortal(options, io, async client => {
      const place = await findWhere(names, client, io);
      const list = await readSettings(place, client);
      if (options.output === 'json') io.out(plainJson(list));
      else
        describeSettings(place, list, io.now()).forEach(line => io.out(line));
      return 0;
    }),
  async set(names, options, io) {
    const { name, value: given, rest } = readAssignment(names);
    const secret = options.flag('secret');
    if (secret && given !== undefined)
      throw new UsageError(
        `The value of a secret is read from standard input: callboard settings set … ${name} --secret`,
      );
    return askPortal(options, io, async client => {
      const place = await findWhere(rest, client, io);
      const value = given ?? (await readValue(name, io));
      const body = { value, secret, ...whyOf(options) };
      const { app, environment } = place;
      const { version } =
        environment === undefined
          ? await client.read('setSharedSetting', {
              path: { app: app.name, setting: name },
              body,
            })
          : await client.read('setSetting', {
              path: { app: app.name, environment, setting: name },
              body,
            });
      await sayDone(
        `${name} of ${app.name} is set ${describeWhere(
          app,
          environment,
        )}, as a ${kindOfSetting({ secret })}`,
        { place, name, secret, version },
        { options, client, io },
      );
      return 0;
    });
  },
  async unset(names, options, io) {
    const name = demandName(names.at(-1));
    return askPortal(options, io, async client => {
      const place = await findWhere(names.slice(0, -1), client, io);
      const { app, environment } = place;
      const body = whyOf(options);
      const { version } =
        environment === undefined
          ? await client.read('removeSharedSetting', {
              path: { app: app.name, setting: name },
              body,
            })
          : await client.read('removeSetting', {
              path: { app: app.name, environment, setting: name },
              body,
            });
      await sayDone(
        `${name} of ${app.name} is removed ${describeWhere(app, environment)}`,
        { place, name, version },
        { options, client, io },
      );
      return 0;
    });
  },
};

/** Lists, sets and unsets variables and secrets of an app: for all environments, or in one. */
export const settings: Verb = {
  name: 'settings',
  summary: 'list, set and unset variables and secrets of an app',
  usage: `Usage: callboard settings list  [APP] [ENVIRONMENT]
       callboard settings set   [APP] [ENVIRONMENT] NAME=VALUE
       callboard settings set   [APP] [ENVIRONMENT] NAME --secret
       callboard settings unset [APP] [ENVIRONMENT] NAME

Without ENVIRONMENT for all environments. Without APP the app of this folder. NAME alone, or NAME=-, reads the value
from standard input: at a terminal a line that is not shown, else all that is piped in, without its last line end. A
secret's value comes no other way, as other users of a machine see arguments; nobody can read it back.

  --secret               it is a secret
  --why TEXT             for the journal
${PORTAL_USAGE}
  -o, --output FORMAT    text, or json: the answers of the API

Exit code: 0, 1 the portal refused, 2 usage, or the portal cannot be reached`,
  run(args, io) {
    const options = readArguments(
      args,
      {
        ...PORTAL_OPTION,
        secret: { type: 'boolean' },
        why: { type: 'string' },
      },
      { takesFiles: true },
    );
    const [action, ...names] = options.positionals;
    const act = ACTIONS[action];
    if (act === undefined)
      throw new UsageError(
        action === undefined
          ? 'What is to be done: list, set or unset?'
          : `"${plainText(action)}" is none of list, set and unset`,
      );
    return act(names, options, io);
  },
};

async function findWhere(
  names: readonly string[],
  client: PortalClient,
  io: Io,
): Promise<Place> {
  const place = await findPlace(names, client, io);
  if (place.environment !== undefined) demandEnvironment(place);
  return place;
}

function readSettings({ app, environment }: Place, client: PortalClient) {
  return environment === undefined
    ? client.read('listSharedSettings', {
        path: { app: app.name },
        query: { limit: 500 },
      })
    : client.read('listSettings', {
        path: { app: app.name, environment },
        query: { limit: 500 },
      });
}

/** Prints the change, and which instances restart because of it. */
async function sayDone(
  sentence: string,
  {
    place: { app, environment },
    name,
    secret,
    version,
  }: { place: Place; name: string; secret?: boolean; version: number },
  { options, client, io }: World,
): Promise<void> {
  if (options.output === 'json') {
    io.out(plainJson({ version }));
    return;
  }
  io.out(`${sentence}. Change ${version}.`);
  const affected = app.environments.filter(
    each =>
      each.release !== null &&
      (environment === undefined || each.name === environment),
  );
  for (const each of affected) {
    const list = await readSettings(
      { app, environment: each.name },
      client,
    ).catch(() => undefined); // the change is made, even when its effect cannot be read
    const effect = effectIn(each, list, {
      name,
      ...(secret !== undefined && { secret }),
      isShared: environment === undefined,
    });
    io.out(`  ${plainText(describeEffect(effect, each.title))}.`);
  }
}

function readAssignment(names: readonly string[]): {
  name: string;
  value?: string;
  rest: string[];
} {
  const last = names.at(-1) ?? '';
  const at = last.indexOf('=');
  const name = demandName(at < 0 ? last : last.slice(0, at));
  const value = at < 0 ? '-' : last.slice(at + 1);
  return { name, rest: names.slice(0, -1), ...(value !== '-' && { value }) };
}

function demandName(name: string | undefined): string {
  if (name !== undefined && isSettingName(name)) return name;
  throw new UsageError(
    name === undefined || name === ''
      ? 'Which setting? Name it last: PAYMENT_KEY'
      : `"${plainText(
          name,
        )}" is no name of a setting: capital letters, digits and “_”, at most 128, beginning with a letter`,
  );
}

/** A hidden line from the terminal, or all of the piped input. */
async function readValue(name: string, io: Io): Promise<string> {
  const value = io.terminal.input
    ? await io.askLine(`${name}: `, { unseen: true })
    : io.readText('-').replace(/\r?\n$/, '');
  if (value === undefined || value === '')
    throw new UsageError(`No value of ${name} came from standard input`);
  return value;
}

function whyOf(options: Options): { why?: string } {
  const why = options.text('why');
  return why === undefined ? {} : { why };
}
