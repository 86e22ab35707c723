import { UsageError } from '../Io';
import {
  CHANGE_OPTIONS,
  CHANGE_USAGE,
  confirmChange,
  whyOf,
} from '../portal/confirmChange';
import { findPlace } from '../portal/findPlace';
import { PORTAL_OPTION, PORTAL_USAGE, askPortal } from '../portal/openPortal';
import { pageOf } from '../portal/pageOf';
import { readArguments } from '../readArguments';
import type { Verb } from './Verb';

const CHANGES = {
  rename: {
    field: 'title',
    button: 'Rename',
    value: 'TITLE',
    summary: 'give an app another title',
    about:
      'Its name, by which it is pushed and called, stays. An empty title ("") is its name again.',
  },
  describe: {
    field: 'description',
    button: 'Describe',
    value: 'TEXT',
    summary: 'say what an app is for',
    about: 'An empty text ("") takes it away.',
  },
  transfer: {
    field: 'owner',
    button: 'Transfer',
    value: 'OWNER',
    summary: 'give an app to another owner',
    about:
      'OWNER is a user or group of the catalog, such as group:default/payments.',
  },
} as const;

type ChangeName = keyof typeof CHANGES;

/** Rename, describe and transfer an app; each previews its effect. */
export const APP_CHANGES: readonly Verb[] = (
  Object.keys(CHANGES) as ChangeName[]
).map(createVerb);

function createVerb(name: ChangeName): Verb {
  const { field, button, value: word, summary, about } = CHANGES[name];
  return {
    name,
    summary,
    usage: `Usage: callboard ${name} [APP] ${word} [options]

Says what it means, then does it. At a terminal it asks before. Without APP the app of this folder. ${about}

${CHANGE_USAGE}
${PORTAL_USAGE}
  -o, --output FORMAT    text, or json: what the API says that it does

Exit code: 0 done, or it was so already, 1 refused, 2 usage, or the portal cannot be reached`,
    run(args, io) {
      const options = readArguments(
        args,
        { ...PORTAL_OPTION, ...CHANGE_OPTIONS },
        { takesFiles: true },
      );
      const value = options.positionals.at(-1);
      const names = options.positionals.slice(0, -1);
      if (value === undefined || names.length > 1)
        throw new UsageError(
          `Give the app and its new ${field}: callboard ${name} [APP] ${word}`,
        );
      return askPortal(options, io, async client => {
        const { app } = await findPlace(names, client, io);
        const input = {
          path: { app: app.name },
          body: { [field]: value, ...whyOf(options) },
        };
        const preview = await client.read('changeApp', {
          ...input,
          query: { dryRun: true },
        });
        const isMeant = await confirmChange(preview, {
          question: `${button} ${app.title}`,
          options,
          io,
        });
        if (!isMeant) return 0;
        await client.read('changeApp', input);
        if (options.output === 'text')
          io.out(`Done: ${pageOf(client.base, app.name)}`);
        return 0;
      });
    },
  };
}
