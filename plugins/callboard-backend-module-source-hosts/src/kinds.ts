import { withoutSlashes } from '@callboard/plugin-callboard-common';
import {
  type BitbucketCloudIntegrationConfig,
  type BitbucketServerIntegrationConfig,
  type GithubCredentialsProvider,
  type GithubIntegrationConfig,
  type GitLabIntegrationConfig,
  type GiteaIntegrationConfig,
} from '@backstage/integration';
import { type HostKind, basic, repositoryOf } from './RepositoryHost';

/** Names of commit states at each host. */
const GITLAB = { pending: 'running', success: 'success', failure: 'failed' };
const BITBUCKET = {
  pending: 'INPROGRESS',
  success: 'SUCCESSFUL',
  failure: 'FAILED',
};

/** Authenticates with a token, or with an installation of a GitHub app, whose tokens are renewed. */
export function github(
  { host, apiBaseUrl = 'https://api.github.com' }: GithubIntegrationConfig,
  credentials: GithubCredentialsProvider,
): HostKind {
  return {
    title: titleOf('GitHub', host, 'github.com'),
    host,
    async authorize(url) {
      const { token } = await credentials.getCredentials({ url });
      return token === undefined ? undefined : basic('x-access-token', token);
    },
    statusRequest: ({ url, commit, context, state, description, pageUrl }) => ({
      url: `${apiBaseUrl}/repos/${repositoryOf(url)}/statuses/${commit}`,
      headers: { accept: 'application/vnd.github+json' },
      body: { state, target_url: pageUrl, description, context },
    }),
  };
}

export function gitlab({
  host,
  token,
  apiBaseUrl,
  baseUrl,
}: GitLabIntegrationConfig): HostKind {
  return {
    title: titleOf('GitLab', host, 'gitlab.com'),
    host,
    baseUrl,
    authorize: async () => token && basic('oauth2', token),
    statusRequest: ({ url, commit, context, state, description, pageUrl }) => ({
      url: `${apiBaseUrl}/projects/${encodeURIComponent(
        repositoryOf(url, baseUrl),
      )}/statuses/${commit}`,
      headers: { 'private-token': token ?? '' },
      body: {
        state: GITLAB[state],
        target_url: pageUrl,
        description,
        name: context,
      },
    }),
  };
}

/** Also for Forgejo. */
export function gitea({
  host,
  baseUrl = `https://${host}`,
  username,
  password,
}: GiteaIntegrationConfig): HostKind {
  const { origin, pathname } = new URL(baseUrl);
  const root = [origin, withoutSlashes(pathname)].filter(Boolean).join('/');
  return {
    title: titleOf('Gitea', host),
    host,
    baseUrl,
    authorize: async () =>
      password === undefined ? undefined : basic(username ?? '', password),
    statusRequest: ({ url, commit, context, state, description, pageUrl }) => ({
      url: `${root}/api/v1/repos/${repositoryOf(
        url,
        baseUrl,
      )}/statuses/${commit}`,
      body: { state, target_url: pageUrl, description, context },
    }),
  };
}

export function bitbucketCloud({
  host,
  apiBaseUrl,
  username,
  appPassword,
  token,
}: BitbucketCloudIntegrationConfig): HostKind {
  const password = token ?? appPassword;
  return {
    title: titleOf('Bitbucket', host, 'bitbucket.org'),
    host,
    authorize: async () =>
      password === undefined
        ? undefined
        : basic(username ?? 'x-token-auth', password),
    statusRequest: ({ url, commit, context, state, description, pageUrl }) => ({
      url: `${apiBaseUrl}/repositories/${repositoryOf(
        url,
      )}/commit/${commit}/statuses/build`,
      body: {
        key: context,
        state: BITBUCKET[state],
        name: context,
        url: pageUrl,
        description,
      },
    }),
  };
}

export function bitbucketServer({
  host,
  apiBaseUrl,
  token,
  username,
  password,
}: BitbucketServerIntegrationConfig): HostKind {
  const { origin } = new URL(apiBaseUrl);
  return {
    title: titleOf('Bitbucket', host),
    host,
    baseUrl: origin,
    async authorize() {
      if (token !== undefined) return `Bearer ${token}`;
      return username !== undefined && password !== undefined
        ? basic(username, password)
        : undefined;
    },
    statusRequest: ({ commit, context, state, description, pageUrl }) => ({
      url: `${origin}/rest/build-status/1.0/commits/${commit}`,
      body: {
        key: context,
        state: BITBUCKET[state],
        name: context,
        url: pageUrl,
        description,
      },
    }),
  };
}

/** Self-hosted installations are named with their address. */
function titleOf(kind: string, host: string, known?: string): string {
  return host === known ? kind : `${kind} (${host})`;
}
