import type { App } from '@callboard/plugin-callboard-common';
import type { SourceRecord } from '@callboard/plugin-callboard-control-plane';
import type { CommitStatus } from '@callboard/plugin-callboard-node';

const MOST_CHARACTERS = 140; // GitHub's limit

/**
 * Returns the statuses of the newest commit of a branch that an app follows:
 * whether it became a release, and the status of that release in each
 * environment that has it. Pure.
 */
export function statusesOf(
  app: Pick<App, 'name' | 'build' | 'environments'>,
  { url, look }: Pick<SourceRecord, 'url' | 'look'>,
  pageUrl: string,
): CommitStatus[] {
  const { commit, head, problem } = look;
  if (commit === undefined) return [];
  const about = (
    context: string,
    state: CommitStatus['state'],
    text: string,
  ): CommitStatus => ({
    url,
    commit,
    context,
    state,
    description: shorten(text),
    pageUrl,
  });
  const context = `callboard/${app.name}`;
  if (problem && !problem.transient)
    return [about(context, 'failure', `${problem.what}: ${problem.why}`)];
  if (head === undefined) return [];
  const holders = app.environments.filter(
    ({ release }) => release?.revision === head,
  );
  const [first] = holders;
  const { build } = app;
  if (build?.revision === head)
    return [
      build.state === 'failed'
        ? about(
            context,
            'failure',
            `The build failed${build.problem ? `: ${build.problem.why}` : ''}`,
          )
        : about(context, 'pending', 'It is being built'),
    ];
  if (!first?.release) return [];
  return [
    about(context, 'success', `It is release ${first.release.number}`),
    ...holders.map(({ name, title, health: { status, message } }) =>
      about(
        `${context}/${name}`,
        stateOf(status),
        `${title}: ${message || status}`,
      ),
    ),
  ];
}

function stateOf(
  status: App['environments'][number]['health']['status'],
): CommitStatus['state'] {
  switch (status) {
    case 'Healthy':
    case 'Suspended':
      return 'success';
    case 'Degraded':
      return 'failure';
    default:
      return 'pending';
  }
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= MOST_CHARACTERS
    ? line
    : `${line.slice(0, MOST_CHARACTERS - 1)}…`;
}
