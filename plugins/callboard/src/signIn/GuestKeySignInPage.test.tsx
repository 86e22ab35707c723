import { discoveryApiRef } from '@backstage/core-plugin-api';
import { TestApiProvider, renderInTestApp } from '@backstage/test-utils';
import { screen, waitFor } from '@testing-library/react';
import { type ReactNode, Suspense } from 'react';
import { GuestKeySignInPage } from './GuestKeySignInPage';

const KEY = 'a1'.repeat(20);
const SESSION = {
  profile: {},
  backstageIdentity: {
    token: 'x.e30.x',
    identity: {
      type: 'user',
      userEntityRef: 'user:development/guest',
      ownershipEntityRefs: [],
    },
  },
};

describe('GuestKeySignInPage', () => {
  const sent: Headers[] = [];
  let answer: () => Response;

  beforeEach(() => {
    sent.splice(0);
    window.localStorage.clear();
    window.history.replaceState(undefined, '', `/callboard?x=1#key=${KEY}`);
    jest.spyOn(global, 'fetch').mockImplementation(async (_, init) => {
      sent.push(new Headers(init?.headers));
      return answer();
    });
  });
  afterEach(() => jest.restoreAllMocks());

  const discovery = { getBaseUrl: async () => 'http://localhost/api/auth' };
  const show = (page: ReactNode) =>
    renderInTestApp(
      <TestApiProvider apis={[[discoveryApiRef, discovery]]}>
        {page}
      </TestApiProvider>,
    );
  const address = () => window.location.pathname + window.location.search;

  it('signs in though what it drew first was thrown away', async () => {
    answer = () =>
      new Response(JSON.stringify(SESSION), {
        headers: { 'x-callboard-key-part': 'part' },
      });
    // A part of the page that loads once it is drawn: React forgets what it drew beside it, and draws it again.
    let loading: Promise<void> | undefined;
    let isLoaded = false;
    const Late = () => {
      loading ??= Promise.resolve().then(() => {
        isLoaded = true;
      });
      if (!isLoaded) throw loading;
      return null;
    };
    const onSignInSuccess = jest.fn();
    await show(
      <Suspense fallback={null}>
        <GuestKeySignInPage onSignInSuccess={onSignInSuccess} />
        <Late />
      </Suspense>,
    );
    await waitFor(() => expect(onSignInSuccess).toHaveBeenCalled());
    expect(sent[0].get('x-callboard-key')).toBe(KEY);
    expect(sent[1].get('x-callboard-key')).toBeNull();
    expect(sent[1].get('x-callboard-key-part')).toBe('part');
    expect(window.location.hash).toBe('');
    expect(address()).toBe('/callboard?x=1');
  });

  it('keeps the key in the address while the portal does not answer', async () => {
    answer = () => {
      throw new TypeError('Failed to fetch');
    };
    await show(<GuestKeySignInPage onSignInSuccess={jest.fn()} />);
    await screen.findByText('Callboard is not answering');
    expect(window.location.hash).toBe(`#key=${KEY}`);
  });

  it('says that the key is not the one of this portal', async () => {
    answer = () => new Response('', { status: 401 });
    await show(<GuestKeySignInPage onSignInSuccess={jest.fn()} />);
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'That key is not the one of this portal',
    );
    expect(window.location.hash).toBe('');
  });
});
