import { isRecord } from '@callboard/plugin-callboard-common';

const MOST = 20;

/**
 * Returns the addresses of the repository in a webhook of GitHub, Gitea and
 * Forgejo, GitLab, or Bitbucket. The rest of the payload is not trusted: the
 * branch itself is polled.
 */
export function readPushedRepositories(payload: unknown): string[] {
  if (!isRecord(payload)) return [];
  const { repository, project } = payload;
  const found = [
    ...textsOf(repository, [
      'clone_url',
      'html_url',
      'git_http_url',
      'homepage',
    ]),
    ...textsOf(project, ['git_http_url', 'web_url', 'http_url']),
    ...linksOf(repository),
  ];
  return found.filter(url => URL.canParse(url)).slice(0, MOST);
}

/** Of Bitbucket: `links.html.href` in its cloud, `links.clone[].href` in self-hosted installations. */
function linksOf(repository: unknown): string[] {
  if (!isRecord(repository) || !isRecord(repository.links)) return [];
  const { html, clone } = repository.links;
  return [
    ...textsOf(html, ['href']),
    ...(Array.isArray(clone)
      ? clone.flatMap(each => textsOf(each, ['href']))
      : []),
  ];
}

function textsOf(record: unknown, keys: readonly string[]): string[] {
  if (!isRecord(record)) return [];
  return keys.flatMap(key => {
    const value = record[key];
    return typeof value === 'string' ? [value] : [];
  });
}
