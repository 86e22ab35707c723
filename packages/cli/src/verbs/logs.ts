import type {
  LogLine,
  OperationInput,
} from '@callboard/plugin-callboard-common';
import { type Io, UsageError } from '../Io';
import { createPaint } from '../portal/createPaint';
import { demandEnvironment, findPlace } from '../portal/findPlace';
import { followLogs } from '../portal/followLogs';
import { formatLogLine } from '../portal/formatLogLine';
import { PORTAL_OPTION, PORTAL_USAGE, askPortal } from '../portal/openPortal';
import { plainJson } from '../portal/plainText';
import { readArguments } from '../readArguments';
import { readNumber } from '../readNumber';
import type { Verb } from './Verb';

const LEVELS = ['debug', 'info', 'warn', 'error'] as const;
const MOST_LINES = 10_000;

/** Shows the output of an app, of all its instances together or of one. */
export const logs: Verb = {
  name: 'logs',
  summary: 'show or follow the output of an app',
  usage: `Usage: callboard logs [APP] [ENVIRONMENT] [options]

The last lines of all instances in an environment, oldest first. Without APP the app of this folder, without ENVIRONMENT
the only one that has a release.

  -f, --follow           goes on with what is written from now on, until it is ended (Ctrl-C); also when the portal
                         restarts meanwhile
  --cluster NAME         of this cluster alone
  --instance NAME        of this instance alone
  --previous             of the run before, where a container was started again
  --grep TEXT            lines that hold this text, capitals or not
  --level LEVEL          debug, info, warn or error: lines as grave as this, or graver
  --since INSTANT        2026-08-20T14:05:00Z
  --tail N               so many lines at most, 200 when omitted, 10000 at most
${PORTAL_USAGE}
  -o, --output FORMAT    text, or json: one line of JSON for each: {"at", "cluster", "instance", "stream", "text"}

What Callboard says of the output, such as a cluster that is away, goes to standard error.

Exit code: 0, 1 the portal refused, 2 usage, or the portal cannot be reached`,
  run(args, io) {
    const options = readArguments(
      args,
      {
        ...PORTAL_OPTION,
        follow: { type: 'boolean', short: 'f' },
        cluster: { type: 'string' },
        instance: { type: 'string' },
        previous: { type: 'boolean' },
        grep: { type: 'string' },
        level: { type: 'string' },
        since: { type: 'string' },
        tail: { type: 'string' },
      },
      { takesFiles: true },
    );
    const query = readQuery(options);
    return askPortal(options, io, async client => {
      const place = await findPlace(options.positionals, client, io);
      const path = {
        app: place.app.name,
        environment: demandEnvironment(place),
      };
      const print = printer(options.output, io);
      const end = io.untilEnded();
      await followLogs({ path, query }, { client, io, end, print });
      return 0;
    });
  },
};

type Query = NonNullable<OperationInput<'readLogs'>['query']>;

function readQuery(options: ReturnType<typeof readArguments>): Query {
  const level = LEVELS.find(each => each === options.text('level'));
  if (level === undefined && options.text('level') !== undefined)
    throw new UsageError(`--level can be ${LEVELS.join(', ')}`);
  const tail = readNumber(options, 'tail');
  if (tail !== undefined && tail > MOST_LINES)
    throw new UsageError(`--tail can be ${MOST_LINES} at most`);
  const since = options.text('since');
  if (since !== undefined && Number.isNaN(Date.parse(since)))
    throw new UsageError(
      `--since "${since}" is not an instant: 2026-08-20T14:05:00Z`,
    );
  const follow = options.flag('follow');
  if (follow && options.flag('previous'))
    throw new UsageError(
      'What a run wrote before does not go on: leave out --follow, or --previous',
    );
  return {
    cluster: options.text('cluster'),
    instance: options.text('instance'),
    grep: options.text('grep'),
    level,
    tail,
    ...(since !== undefined && { since: new Date(since).toISOString() }),
    ...(follow && { follow }),
    ...(options.flag('previous') && { previous: true }),
  };
}

function printer(output: 'text' | 'json', io: Io): (line: LogLine) => void {
  const paint = createPaint(io);
  return line => {
    if (output === 'json') io.out(plainJson(line));
    else if (line.stream === 'callboard') io.err(formatLogLine(line, paint));
    else io.out(formatLogLine(line, paint));
  };
}
