import { type RemovalFacts, describeRemoval } from './describeRemoval';

const place = (
  cluster: string,
  instances: number,
  freshness: 'live' | 'unreachable' = 'live',
) => ({ cluster, instances, freshness });
const LIVE = {
  environment: 'live',
  title: 'Live',
  release: 3,
  clusters: [place('eu-1', 2), place('us-1', 1)],
};

function facts(of: Partial<RemovalFacts> = {}): RemovalFacts {
  return {
    app: 'shop',
    owner: 'group:default/payments',
    from: { kind: 'app' },
    environments: [LIVE],
    data: [],
    releases: 3,
    builds: 0,
    ...of,
  };
}

/** What is said, as one text. */
const said = (of: Partial<RemovalFacts>) => {
  const { message, notes } = describeRemoval(facts(of));
  return [message, ...notes].join(' | ');
};

const GONE =
  'Its page, its repository and its entry in the catalog go; the journal and its past stay readable';
const NAME =
  'payments may use the name again: push, and its releases go on at 4. Nobody else may';
const SETTINGS = 'Its settings are kept for that, secrets encrypted';

describe('what a removal ends', () => {
  it.each<[string, Partial<RemovalFacts>, string]>([
    [
      'is told of an environment',
      { from: { kind: 'environment', isFirst: false } },
      'shop leaves Live: 3 instances end on eu-1 and us-1 | Promote a release to Live to have it there again | Its settings there are kept',
    ],
    [
      'is told of the first environment, to which a build goes still',
      {
        from: { kind: 'environment', isFirst: true },
        environments: [{ ...LIVE, clusters: [place('eu-1', 1)] }],
        builds: 1,
      },
      'shop leaves Live: 1 instance ends on eu-1 | The next push brings it to Live again | Its settings there are kept | A build is under way: its release comes to the first environment',
    ],
    [
      'is told of all environments, and of who is away',
      {
        environments: [
          { ...LIVE, title: 'Development', clusters: [place('eu-1', 1)] },
          { ...LIVE, clusters: [place('us-1', 2, 'unreachable')] },
        ],
        builds: 2,
      },
      `shop is deleted: 3 instances end on eu-1 and us-1, in Development and Live | ${GONE} | ${NAME} | ${SETTINGS} | 2 builds of shop that have not ended are given up | us-1 is out of contact: shop is removed there when it is in contact again`,
    ],
    [
      'is nothing where it runs nowhere',
      { environments: [], releases: 0 },
      `shop is deleted; it runs nowhere | ${GONE} | ${NAME.replace(
        'its releases go on at 4',
        'its releases begin at 1',
      )} | ${SETTINGS}`,
    ],
  ])('%s', (_, of, expected) => {
    expect(said(of)).toBe(expected);
  });
});
