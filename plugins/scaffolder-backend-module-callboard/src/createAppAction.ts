import type {
  AuthService,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { CallboardClient } from '@callboard/plugin-callboard-node';
import { readFiles } from './readFiles';

const DEADLINE_MS = 30_000;

/**
 * `callboard:app:create`: creates an app with the files of the workspace as its
 * first push, on behalf of the user who runs the template.
 */
export function createAppAction(deps: {
  auth: AuthService;
  discovery: DiscoveryService;
}) {
  const callboard = new CallboardClient(deps);
  return createTemplateAction({
    id: 'callboard:app:create',
    description:
      'Creates an app from the files of the workspace and releases it to its first environment',
    supportsDryRun: true,
    schema: {
      input: {
        name: z =>
          z.string({
            description:
              'Name of the app: at most 63 characters from a-z, 0-9 and "-"',
          }),
        owner: z =>
          z.string({
            description:
              'Entity reference of the owner: the user of the template, or a group of theirs',
          }),
        message: z =>
          z.string({ description: 'Message of the first commit' }).optional(),
        sourcePath: z =>
          z
            .string({
              description:
                'Folder of the workspace with the files; all of it when omitted',
            })
            .optional(),
      },
      output: {
        app: z => z.string({ description: 'Name of the app' }),
        page: z => z.string({ description: 'Path of its page in the portal' }),
        entityRef: z =>
          z.string({ description: 'Its Component in the catalog' }),
        cloneUrl: z =>
          z.string({ description: 'Address of its repository' }).optional(),
      },
    },
    async handler(ctx) {
      const {
        name,
        owner,
        message = 'Create the app from a template',
        sourcePath = '.',
      } = ctx.input;
      const files = await readFiles(
        resolveSafeChildPath(ctx.workspacePath, sourcePath),
      );
      ctx.logger.info(
        `Creating "${name}" from ${Object.keys(files).length} files`,
      );
      ctx.output('app', name);
      ctx.output('page', `/callboard/apps/${encodeURIComponent(name)}`);
      ctx.output('entityRef', `component:default/${name}`);
      if (ctx.isDryRun) return;

      const app = await callboard.ask(
        'createApp',
        { body: { name, owner, message, files } },
        {
          credentials: await ctx.getInitiatorCredentials(),
          failure: `Cannot create "${name}"`,
          deadlineMs: DEADLINE_MS,
          afterSilence:
            "Look at the app's page before you try again: it may go on",
        },
      );
      ctx.output('cloneUrl', app.repository.cloneUrl);
      ctx.logger.info(app.sentence);
    },
  });
}
