import { mockCredentials } from '@backstage/backend-test-utils';
import signalsBackend from '@backstage/plugin-signals-backend';
import { eventsServiceFactory } from '@backstage/plugin-events-node';
import type { LiveSignal } from '@callboard/plugin-callboard-common';
import { WebSocket } from 'ws';
import { TestPortal } from '../__testUtils__/TestPortal';
import { CONNECT_PATH } from '../agents';

/** Signals, agents and changes over the one HTTP server of a backend; nothing asks again by itself. */
describe('the live channel', () => {
  let portal: TestPortal;
  const open: WebSocket[] = [];

  beforeEach(async () => {
    portal = await TestPortal.start({
      features: [signalsBackend],
      services: [eventsServiceFactory],
      rootConfig: { events: { useEventBus: 'never' } },
    });
    await portal.untilUpgradesAreTaken();
  });

  afterEach(async () => {
    open.splice(0).forEach(socket => socket.terminate());
    await portal.stop();
  });

  /** A page that listens, as Backstage's client of signals does. */
  async function listen() {
    const url = portal.url.replace('http', 'ws');
    const socket = new WebSocket(`${url}/api/signals`);
    open.push(socket);
    await new Promise((resolve, reject) => {
      socket.on('open', resolve);
      socket.on('error', reject);
    });
    socket.send(JSON.stringify({ action: 'subscribe', channel: 'callboard' }));
    /** The next signal that tells of a change. */
    const next = () =>
      new Promise<LiveSignal>(resolve => {
        socket.on('message', data => {
          const { message } = JSON.parse(String(data));
          if (message.kinds.length > 0) resolve(message);
        });
      });
    return { next };
  }

  it('opens at the first try, for every page, beside other listeners for upgrades', async () => {
    portal.server.on('upgrade', () => {}); // one that only watches
    const pages = [await listen(), await listen()];
    const heard = pages.map(page => page.next());
    await portal.push('shop');
    for (const signal of await Promise.all(heard))
      expect(signal).toEqual({ kinds: ['app'], topics: [expect.any(String)] });
  });

  it('tells an app by a topic that answers about it bring along, and refusals do not', async () => {
    const page = await listen();
    const heard = page.next();
    await portal.push('shop');
    const ask = (app: string) =>
      fetch(`${portal.url}/api/callboard/v1/apps/${app}`, {
        headers: { authorization: mockCredentials.user.header() },
      });
    const shop = await ask('shop');
    expect(shop.status).toBe(200);
    expect(await heard).toEqual({
      kinds: ['app'],
      topics: [shop.headers.get('callboard-topic')],
    });
    const none = await ask('none');
    expect(none.status).toBe(404);
    expect(none.headers.get('callboard-topic')).toBeNull();
  });

  it('leaves the door of the agents open', async () => {
    const page = await listen();
    const agent = new WebSocket(
      `${portal.url.replace('http', 'ws')}${CONNECT_PATH}`,
    );
    open.push(agent);
    await new Promise(resolve => agent.on('open', resolve));
    expect(agent.readyState).toBe(WebSocket.OPEN);
    const heard = page.next();
    await portal.push('shop');
    expect(await heard).toBeDefined();
  });
});
