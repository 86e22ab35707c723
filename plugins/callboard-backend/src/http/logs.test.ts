import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { LogLine, Problem } from '@callboard/plugin-callboard-common';
import { eventually } from '@callboard/testing';
import { SCORE, TestPortal } from '../__testUtils__/TestPortal';

const ANA = mockCredentials.user.header('user:default/ana');
const BO = mockCredentials.user.header('user:default/bo');
const FOLLOW = '/apps/shop/environments/dev/logs?follow=true';

const line = (text: string): LogLine => ({
  at: '2026-11-20T10:00:00.000000000Z',
  cluster: 'eu-1',
  instance: 'web-1',
  stream: 'output',
  text,
});

describe('output over HTTP', () => {
  let portal: TestPortal;
  const leavers: AbortController[] = [];
  let isAllowed = true;
  const permissions = mockServices.permissions.mock({
    authorizeConditional: async () => [
      { result: isAllowed ? AuthorizeResult.ALLOW : AuthorizeResult.DENY },
    ],
    authorize: async () => [{ result: AuthorizeResult.ALLOW }],
  });
  /** Readers that the control plane serves now. */
  let served = 0;

  beforeAll(async () => {
    portal = await TestPortal.start({
      services: [permissions.factory],
    });
    await portal.push('shop', { 'score.yaml': SCORE });
    portal.controlPlane.followLogs = follow as never;
  });
  afterEach(async () => {
    leavers.splice(0).forEach(leaver => leaver.abort());
    await eventually(() => {
      if (served > 0) throw new Error(`${served} readers are still served`);
    });
  });
  afterAll(() => portal.stop());

  /** Says a line, and nothing more until the reader leaves. */
  async function* follow(
    _: unknown,
    signal: AbortSignal,
  ): AsyncGenerator<LogLine[], Problem | undefined> {
    served += 1;
    try {
      yield [line('listening')];
      await new Promise(resolve => {
        signal.addEventListener('abort', resolve);
      });
      return undefined;
    } finally {
      served -= 1;
    }
  }

  function ask(path: string, token = ANA): Promise<Response> {
    const leaver = new AbortController();
    leavers.push(leaver);
    return fetch(`${portal.url}/api/callboard/v1${path}`, {
      headers: { authorization: token },
      signal: leaver.signal,
    });
  }

  it('comes as JSON Lines', async () => {
    const answer = await ask('/apps/shop/environments/dev/logs?tail=5');
    expect(answer.headers.get('content-type')).toContain(
      'application/x-ndjson',
    );
    const [first, rest] = (await answer.text()).split('\n');
    expect(JSON.parse(first)).toMatchObject({ text: 'listening' });
    expect(rest).toBe('');
  });

  it('is followed line by line until the reader leaves', async () => {
    const { body } = await ask(FOLLOW);
    const { value } = await body!.getReader().read();
    expect(JSON.parse(Buffer.from(value!).toString())).toEqual(
      line('listening'),
    );
    expect(served).toBe(1);
  });

  it('is followed by ten readers of one person, and by others beside them', async () => {
    const mine = await Promise.all(
      Array.from({ length: 10 }, () => ask(FOLLOW)),
    );
    expect(mine.map(({ status }) => status)).toEqual(Array(10).fill(200));
    const refused = await ask(FOLLOW);
    expect([refused.status, (await refused.json()).code]).toEqual([
      503,
      'output-busy',
    ]);
    expect((await ask(FOLLOW, BO)).status).toBe(200);
  });

  it.each(['previous=true', 'until=2026-11-20T10:00:00Z'])(
    'has nothing to follow with %s',
    async query => {
      const refused = await ask(`${FOLLOW}&${query}`);
      expect([refused.status, (await refused.json()).code]).toEqual([
        400,
        'request-invalid',
      ]);
    },
  );

  it.each(['tail=20000', 'tail=x', 'level=loud', 'since=today', 'limit=5'])(
    'refuses %s',
    async query =>
      expect(
        (await ask(`/apps/shop/environments/dev/logs?${query}`)).status,
      ).toBe(400),
  );

  it('ends for who may not see the app any more', async () => {
    const { body } = await ask(FOLLOW);
    const reader = body!.getReader();
    await reader.read();
    isAllowed = false;
    expect(await reader.read()).toMatchObject({ done: true });
    isAllowed = true;
  });
});
