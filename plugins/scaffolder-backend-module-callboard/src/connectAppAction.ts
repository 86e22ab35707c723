import type {
  AuthService,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { CallboardClient } from '@callboard/plugin-callboard-node';

const DEADLINE_MS = 290_000; // the first commit is fetched meanwhile; Node's fetch waits 300 s for a response

/**
 * `callboard:app:connect`: connects an app to a branch of a repository
 * elsewhere, on behalf of the user who runs the template. Creates the app if it
 * does not exist. Safe to repeat.
 */
export function connectAppAction(deps: {
  auth: AuthService;
  discovery: DiscoveryService;
}) {
  const callboard = new CallboardClient(deps);
  return createTemplateAction({
    id: 'callboard:app:connect',
    description:
      'Lets an app follow a branch of a repository, makes the app where there is none, and releases the newest commit to its first environment',
    supportsDryRun: true,
    schema: {
      input: {
        name: z =>
          z.string({
            description:
              'Name of the app: at most 63 characters from a-z, 0-9 and "-"',
          }),
        url: z =>
          z.string({
            description:
              'Repository as git clones it over HTTPS, such as remoteUrl of publish:github',
          }),
        branch: z =>
          z
            .string({ description: 'Branch to follow; main when omitted' })
            .optional(),
        path: z =>
          z
            .string({
              description:
                'Folder of the repository that is the app; all of it when omitted',
            })
            .optional(),
        owner: z =>
          z
            .string({
              description:
                'Entity reference of the owner of an app that is made: the user of the template, or a group of theirs; without it none is made',
            })
            .optional(),
        why: z =>
          z.string({ description: 'Reason, for the journal' }).optional(),
      },
      output: {
        app: z => z.string({ description: 'Name of the app' }),
        page: z => z.string({ description: 'Path of its page in the portal' }),
        entityRef: z =>
          z.string({ description: 'Its Component in the catalog' }),
        commit: z =>
          z
            .string({ description: 'Commit of the repository that it runs' })
            .optional(),
      },
    },
    async handler(ctx) {
      const { name, url, branch, path, owner, why } = ctx.input;
      ctx.logger.info(`Connecting "${name}" to ${url}`);
      ctx.output('app', name);
      ctx.output('page', `/callboard/apps/${encodeURIComponent(name)}`);
      ctx.output('entityRef', `component:default/${name}`);
      if (ctx.isDryRun) return;

      const { source } = await callboard.ask(
        'connectSource',
        {
          path: { app: name },
          body: {
            url,
            ...(branch && { branch }), // a cleared form field is an empty string
            ...(path && { path }),
            ...(owner && { owner }),
            ...(why && { why }),
          },
        },
        {
          credentials: await ctx.getInitiatorCredentials(),
          failure: `Cannot connect "${name}"`,
          deadlineMs: DEADLINE_MS,
          afterSilence:
            "Look at the app's page before you try again: it may go on",
        },
      );
      if (source?.commit !== undefined) ctx.output('commit', source.commit);
      ctx.logger.info(`"${name}" follows ${source?.branch} of ${source?.url}`);
    },
  });
}
