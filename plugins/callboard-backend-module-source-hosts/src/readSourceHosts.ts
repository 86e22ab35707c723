import type { Config } from '@backstage/config';
import {
  DefaultGithubCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';
import type { SourceHost } from '@callboard/plugin-callboard-node';
import {
  bitbucketCloud,
  bitbucketServer,
  gitea,
  github,
  gitlab,
} from './kinds';
import { RepositoryHost } from './RepositoryHost';

/**
 * Returns the hosts in `integrations`, and github.com, gitlab.com and
 * bitbucket.org, which Backstage adds: public repositories are readable without
 * a credential.
 */
export function readSourceHosts(config: Config): SourceHost[] {
  const integrations = ScmIntegrations.fromConfig(config);
  const credentials =
    DefaultGithubCredentialsProvider.fromIntegrations(integrations);
  return [
    ...integrations.github.list().map(each => github(each.config, credentials)),
    ...integrations.gitlab.list().map(each => gitlab(each.config)),
    ...integrations.gitea.list().map(each => gitea(each.config)),
    ...integrations.bitbucketCloud
      .list()
      .map(each => bitbucketCloud(each.config)),
    ...integrations.bitbucketServer
      .list()
      .map(each => bitbucketServer(each.config)),
  ].map(kind => new RepositoryHost(kind));
}
