import { askOperation, listOperation } from './askOperation';
import type { OperationRequest } from './operationRequest';

/** A portal that answers one text after the other, and what it was asked. */
function portalOf(...texts: string[]) {
  const asked: OperationRequest[] = [];
  const send = async (request: OperationRequest) => {
    const text = texts[asked.length];
    asked.push(request);
    return {
      json: async () => JSON.parse(text),
      text: async () => text,
    } as Response;
  };
  return { asked, send };
}

describe('an operation of the API', () => {
  it('is asked at its address, with its names inside their parts of it', async () => {
    const { asked, send } = portalOf('{}');
    await askOperation(
      'promote',
      { path: { app: '../a?b', environment: 'prod' }, body: { release: 3 } },
      send,
    );
    expect(asked).toEqual([
      {
        method: 'POST',
        address: '/apps/..%2Fa%3Fb/environments/prod/promotions',
        headers: { 'content-type': 'application/json' },
        body: '{"release":3}',
      },
    ]);
  });

  it('is not asked for what is left open', async () => {
    const { asked, send } = portalOf('{}');
    const query = { app: undefined, actor: 'user:default/ana', limit: 5 };
    await askOperation('listJournal', { query }, send);
    expect(asked).toEqual([
      {
        method: 'GET',
        address: '/journal?actor=user%3Adefault%2Fana&limit=5',
      },
    ]);
  });

  it('answers JSON, text or nothing, as the document says', async () => {
    const { send } = portalOf('{"on":true}', '"app"\r\n', '');
    const path = { cluster: 'eu-1' };
    expect(await askOperation('getPower', { path }, send)).toEqual({
      on: true,
    });
    expect(await askOperation('exportAudit', {}, send)).toBe('"app"\r\n');
    expect(
      await askOperation('drainCluster', { path, body: {} }, send),
    ).toBeUndefined();
  });

  it('is read to the end of its list', async () => {
    const { asked, send } = portalOf(
      '{"items":[1],"nextCursor":"x/y"}',
      '{"items":[2]}',
    );
    const query = { at: '2026-08-20T14:05:00Z' };
    expect(await listOperation('listApps', { query }, send)).toEqual([1, 2]);
    expect(asked.map(({ address }) => address)).toEqual([
      '/apps?limit=500&at=2026-08-20T14:05:00Z',
      '/apps?limit=500&cursor=x%2Fy&at=2026-08-20T14:05:00Z',
    ]);
  });
});
