import { UsageError } from '../Io';
import {
  CHANGE_OPTIONS,
  CHANGE_USAGE,
  confirmChange,
  whyOf,
} from '../portal/confirmChange';
import { demandEnvironment, findPlace } from '../portal/findPlace';
import { PORTAL_OPTION, PORTAL_USAGE, askPortal } from '../portal/openPortal';
import { pageOf } from '../portal/pageOf';
import { readArguments } from '../readArguments';
import { readNumber } from '../readNumber';
import type { Verb } from './Verb';

const ACTIONS = {
  stop: {
    button: 'Stop',
    summary: 'stop an app in an environment; its data stays',
    about: 'No instance runs until it is started again.',
  },
  start: {
    button: 'Start',
    summary: 'start an app again that was stopped',
    about: 'As many instances run as before.',
  },
  restart: {
    button: 'Restart',
    summary: 'replace all instances of an app in an environment',
    about: 'The release and its settings stay the same.',
  },
  scale: {
    button: 'Scale',
    summary: 'run another number of replicas in an environment',
    about:
      'Of each workload, on each cluster. `--declared` goes back to as many as the files say.',
  },
} as const;

type ActionName = keyof typeof ACTIONS;

/** Stop, start, restart and scale; each previews its effect. */
export const OPERATIONS: readonly Verb[] = (
  Object.keys(ACTIONS) as ActionName[]
).map(createVerb);

function createVerb(action: ActionName): Verb {
  const { button, summary, about } = ACTIONS[action];
  const isScale = action === 'scale';
  return {
    name: action,
    summary,
    usage: `Usage: callboard ${action} [APP] [ENVIRONMENT]${
      isScale ? ' --replicas N | --declared' : ''
    } [options]

Says what it will do on which clusters, then does it. At a terminal it asks before. Without APP the app of this folder;
without ENVIRONMENT the only one in which it runs. ${about}

${
  isScale
    ? `  --replicas N           of each workload on a cluster
  --declared             as many as the files say
`
    : ''
}${CHANGE_USAGE}
${PORTAL_USAGE}
  -o, --output FORMAT    text, or json: what the API says that it does

Exit code: 0 accepted, or it was so already, 1 refused, 2 usage, or the portal cannot be reached`,
    run(args, io) {
      const options = readArguments(
        args,
        {
          ...PORTAL_OPTION,
          ...CHANGE_OPTIONS,
          ...(isScale && {
            replicas: { type: 'string' } as const,
            declared: { type: 'boolean' } as const,
          }),
        },
        { takesFiles: true },
      );
      const replicas = isScale ? readReplicas(options) : undefined;
      return askPortal(options, io, async client => {
        const place = await findPlace(options.positionals, client, io);
        const { app } = place;
        const name = demandEnvironment(place);
        const { title } = app.environments.find(each => each.name === name)!;
        const input = {
          path: { app: app.name, environment: name },
          body: {
            action,
            ...(replicas !== undefined && { replicas }),
            ...whyOf(options),
          },
        };
        const preview = await client.read('operateEnvironment', {
          ...input,
          query: { dryRun: true },
        });
        const isMeant = await confirmChange(preview, {
          question: `${button} ${app.title} in ${title}`,
          lines: preview.clusters.map(
            ({ cluster, instances, then }) =>
              `${cluster}: ${
                instances === then ? then : `${instances} → ${then}`
              } ${then === 1 ? 'instance' : 'instances'}`,
          ),
          options,
          io,
        });
        if (!isMeant) return 0;
        await client.read('operateEnvironment', input);
        if (options.output === 'text')
          io.out(
            `Accepted. It is on its way: ${pageOf(client.base, app.name)}`,
          );
        return 0;
      });
    },
  };
}

/** Undefined to use the number in the files. */
function readReplicas(
  options: ReturnType<typeof readArguments<'text' | 'json'>>,
): number | undefined {
  const replicas = readNumber(options, 'replicas');
  if ((replicas === undefined) === options.flag('declared')) return replicas;
  throw new UsageError(
    'How many? Give --replicas N, or --declared for as many as the files say',
  );
}
