import { fingerprintOf } from '@callboard/plugin-callboard-clusters-node';
import { renderPullSecret } from './renderPullSecret';

const OF = { app: 'shop', environment: 'prod', namespace: 'shop--prod' };
const LOGIN = {
  registry: 'registry.example:5000/apps',
  username: 'puller',
  password: 'tiger',
};
const OWN = {
  web: { main: 'registry.example:5000/apps/shop@sha256:1', side: 'nginx' },
};

describe('renderPullSecret', () => {
  it.each([
    { name: 'an image of its own', images: OWN, expected: true },
    {
      name: 'nothing at that registry',
      images: { web: { main: 'nginx' } },
      expected: false,
    },
    {
      name: 'an image of another app',
      images: { web: { main: 'registry.example:5000/apps/bank@sha256:1' } },
      expected: false,
    },
    {
      name: 'an image whose name only begins alike',
      images: { web: { main: 'registry.example:5000/apps/shop-2@sha256:1' } },
      expected: false,
    },
  ])('is there for $name: $expected', ({ images, expected }) => {
    expect(renderPullSecret(OF, images, [LOGIN]) !== undefined).toBe(expected);
  });

  it('is not there where the registry asks for nothing', () => {
    expect(renderPullSecret(OF, OWN, [])).toBeUndefined();
  });

  it('opens the repository of the app and no other', () => {
    const { data } = renderPullSecret(OF, OWN, [LOGIN])!;
    const text = (data as Record<string, string>)['.dockerconfigjson'];
    expect(JSON.parse(Buffer.from(text, 'base64').toString())).toEqual({
      auths: {
        'registry.example:5000/apps/shop': {
          username: 'puller',
          password: 'tiger',
          auth: Buffer.from('puller:tiger').toString('base64'),
        },
      },
    });
  });

  it('changes its fingerprint with the password, which cannot be tried against it', () => {
    const secret = renderPullSecret(OF, OWN, [LOGIN])!;
    const other = renderPullSecret(OF, OWN, [{ ...LOGIN, password: 'lion' }])!;
    expect(fingerprintOf(other)).not.toBe(fingerprintOf(secret));
    expect(fingerprintOf({ ...secret, data: other.data })).toBe(
      fingerprintOf(secret),
    );
  });
});
