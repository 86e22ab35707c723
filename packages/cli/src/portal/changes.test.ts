import { PortalIo, app, refusal } from '../__testUtils__/PortalIo';
import { runCommand } from '../runCommand';

const run = (io: PortalIo, line: string) => runCommand(line.split(' '), io);

/** A portal that says of every change what it would do. */
function portal(over: object = {}) {
  const io = new PortalIo(({ address, method }) => {
    if (method === 'GET') return app();
    return {
      changes: true,
      message: address.includes('/actions')
        ? 'Stops 3 instances of shop'
        : 'shop is called Checkout',
      notes: ['Its database stays'],
      clusters: [
        { cluster: 'eu-1', instances: 2, then: 0 },
        { cluster: 'us-1', instances: 1, then: 1 },
      ],
      ...over,
    };
  });
  return io;
}
const sent = (io: PortalIo) =>
  io.asked
    .filter(({ method }) => method !== 'GET')
    .map(({ method, address, body }) => ({ method, address, body }));

it('says what stops before it stops it', async () => {
  const io = portal();
  expect(await run(io, 'stop shop prod --why Sale')).toBe(0);
  const body = { action: 'stop', why: 'Sale' };
  const address = '/apps/shop/environments/prod/actions';
  expect(sent(io)).toEqual([
    { method: 'POST', address: `${address}?dryRun=true`, body },
    { method: 'POST', address, body },
  ]);
  expect(io.outLines).toEqual([
    'Stops 3 instances of shop.',
    '  eu-1: 2 → 0 instances',
    '  us-1: 1 instance',
    'Note: Its database stays.',
    expect.stringContaining('Accepted. It is on its way: https://'),
  ]);
});

it.each<[string, object]>([
  ['start shop prod', { action: 'start' }],
  ['restart shop prod', { action: 'restart' }],
  ['scale shop prod --replicas 4', { action: 'scale', replicas: 4 }],
  ['scale shop prod --declared', { action: 'scale' }],
])('%s', async (line, body) => {
  const io = portal();
  expect(await run(io, line)).toBe(0);
  expect(sent(io).map(each => each.body)).toEqual([body, body]);
});

it.each<[string, object]>([
  ['rename shop Checkout', { title: 'Checkout' }],
  ['describe shop Sells', { description: 'Sells' }],
  ['transfer shop group:default/payments', { owner: 'group:default/payments' }],
])('%s', async (line, body) => {
  const io = portal();
  expect(await run(io, line)).toBe(0);
  expect(sent(io)).toEqual([
    { method: 'PATCH', address: '/apps/shop?dryRun=true', body },
    { method: 'PATCH', address: '/apps/shop', body },
  ]);
});

it('takes a title of several words, and the app of the folder', async () => {
  const io = portal();
  io.remotes = ['https://portal.example.com/api/callboard/git/shop.git'];
  expect(await runCommand(['rename', 'The shop'], io)).toBe(0);
  expect(sent(io).at(-1)).toMatchObject({ body: { title: 'The shop' } });
});

it.each(['stop shop prod', 'rename shop Checkout'])(
  'does nothing that was not meant: %s',
  async line => {
    const dry = portal();
    expect(await run(dry, `${line} --dry-run`)).toBe(0);
    expect(sent(dry)).toHaveLength(1);
    const asked = portal();
    Object.assign(asked.terminal, { input: true, output: true });
    asked.typed.push('n');
    expect(await run(asked, line)).toBe(0);
    expect(sent(asked)).toHaveLength(1);
    expect(asked.errLines.at(-1)).toBe('Nothing was changed');
    const sure = portal();
    Object.assign(sure.terminal, { input: true, output: true });
    expect(await run(sure, `${line} --yes`)).toBe(0);
    expect(sent(sure)).toHaveLength(2);
    const same = portal({ changes: false, message: 'It is so already' });
    expect(await run(same, line)).toBe(0);
    expect(sent(same)).toHaveLength(1);
  },
);

it('ends with 1 where it is refused, and with 2 where it is not said right', async () => {
  const refused = new PortalIo(({ method }) =>
    method === 'GET' ? app() : refusal(403, 'not-owner'),
  );
  expect(await run(refused, 'stop shop prod --yes')).toBe(1);
  expect(refused.errLines).toContain('  why: it is not yours');
  for (const wrong of [
    'stop shop',
    'stop shop nowhere',
    'scale shop prod',
    'scale shop prod --replicas 2 --declared',
    'scale shop prod --replicas many',
    'stop shop prod --replicas 2',
    'rename',
    'rename shop Check out',
  ])
    expect([wrong, await run(portal(), wrong)]).toEqual([wrong, 2]);
});

it('says it to programs', async () => {
  const io = portal();
  expect(await run(io, 'stop shop prod --dry-run -o json')).toBe(0);
  expect(JSON.parse(io.outLines.join('\n'))).toMatchObject({
    changes: true,
    clusters: [{ cluster: 'eu-1', then: 0 }, {}],
  });
});
