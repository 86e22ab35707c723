import { readPushedRepositories } from './readPushedRepositories';

const REPOSITORY = 'https://git.example/acme/shop';

it.each<[string, object]>([
  [
    'GitHub',
    {
      ref: 'refs/heads/main',
      repository: { id: 1, html_url: REPOSITORY, url: REPOSITORY },
    },
  ],
  [
    'Gitea',
    { repository: { clone_url: REPOSITORY, ssh_url: 'git@git.example:a/b' } },
  ],
  ['GitLab', { object_kind: 'push', project: { git_http_url: REPOSITORY } }],
  [
    'Bitbucket',
    {
      repository: { type: 'repository', links: { html: { href: REPOSITORY } } },
    },
  ],
  [
    'a Bitbucket of its own',
    {
      repository: {
        links: {
          clone: [
            { href: 'ssh://git.example/acme/shop', name: 'ssh' },
            { href: REPOSITORY, name: 'http' },
          ],
        },
      },
    },
  ],
])('of %s', (_, payload) => {
  expect(readPushedRepositories(payload)).toContain(REPOSITORY);
});

it.each<unknown>([
  undefined,
  null,
  [],
  'text',
  { repository: null, project: 7 },
  { repository: { clone_url: {}, links: { html: [], clone: {} } } },
  { repository: { clone_url: 'no address' } },
  JSON.parse('{"__proto__": {"repository": {"clone_url": "https://a/b"}}}'),
])('none of %j', payload => {
  expect(readPushedRepositories(payload)).toEqual([]);
});

it('of one that names thousands, the first few', () => {
  const clone = Array.from({ length: 5000 }, (_, at) => ({
    href: `${REPOSITORY}/${at}`,
  }));
  expect(
    readPushedRepositories({ repository: { links: { clone } } }),
  ).toHaveLength(20);
});
