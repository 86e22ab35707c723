import type { NewRevision } from '@callboard/plugin-callboard-common';

/** Facts that a CI reports about the current run. */
export interface CiRun {
  revision: Partial<NewRevision>;
  /** Identifies one attempt of one run; another attempt is another request. */
  id?: string;
}

type Env = (name: string) => string | undefined;

/**
 * Reads the variables that a CI sets in its runs.
 *
 * @remarks Source: https://docs.github.com/actions/reference/variables-reference,
 * https://docs.gitlab.com/ci/variables/predefined_variables, and the Git and core plugins of Jenkins
 */
export function readCi(env: Env): CiRun {
  if (env('GITHUB_ACTIONS') === 'true') return readGithub(env);
  if (env('GITLAB_CI') === 'true') return readGitlab(env);
  if (env('JENKINS_URL') !== undefined) return readJenkins(env);
  return { revision: {} };
}

function readGithub(env: Env): CiRun {
  const commit = env('GITHUB_SHA');
  const project = join(env('GITHUB_SERVER_URL'), env('GITHUB_REPOSITORY'));
  const run = join(project, 'actions/runs', env('GITHUB_RUN_ID'));
  const attempt = env('GITHUB_RUN_ATTEMPT');
  return {
    revision: present({
      builtBy: 'GitHub Actions',
      commit,
      branch: env('GITHUB_HEAD_REF') ?? env('GITHUB_REF_NAME'),
      url: join(project, 'commit', commit),
      run: join(run, 'attempts', attempt) ?? run,
    }),
    ...idOf(run, attempt, env('GITHUB_JOB')),
  };
}

function readGitlab(env: Env): CiRun {
  const commit = env('CI_COMMIT_SHA');
  const run = env('CI_JOB_URL') ?? env('CI_PIPELINE_URL');
  return {
    revision: present({
      builtBy: 'GitLab CI',
      commit,
      branch: env('CI_COMMIT_BRANCH') ?? env('CI_COMMIT_REF_NAME'),
      message: env('CI_COMMIT_TITLE'),
      author: env('CI_COMMIT_AUTHOR'),
      url: join(env('CI_PROJECT_URL'), '-/commit', commit),
      run,
    }),
    ...idOf(run),
  };
}

function readJenkins(env: Env): CiRun {
  const run = env('BUILD_URL');
  return {
    revision: present({
      builtBy: 'Jenkins',
      commit: env('GIT_COMMIT'),
      branch: env('BRANCH_NAME') ?? env('GIT_BRANCH')?.replace(/^origin\//, ''),
      author: env('GIT_AUTHOR_NAME'),
      run,
    }),
    ...idOf(run),
  };
}

/** Joins the parts of an address; undefined when one of them is missing. */
function join(...parts: Array<string | undefined>): string | undefined {
  if (parts.some(part => part === undefined)) return undefined;
  return parts.map(part => part!.replace(/\/$/, '')).join('/');
}

function idOf(...parts: Array<string | undefined>): { id?: string } {
  const [run, ...more] = parts;
  if (run === undefined) return {};
  return { id: [run, ...more.filter(part => part !== undefined)].join('/') };
}

function present(revision: {
  [key in keyof NewRevision]: string | undefined;
}): Partial<NewRevision> {
  return Object.fromEntries(
    Object.entries(revision).filter(([, value]) => value !== undefined),
  );
}
