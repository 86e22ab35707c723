import { ApiClient } from '../support/ApiClient';
import {
  CONTRACT_SERVERS,
  reportSkippedServers,
} from '../support/contractServers';
import type { RunningApiServer } from '../support/startApiServer';

jest.setTimeout(60_000);
reportSkippedServers();

interface Page {
  metadata: {
    resourceVersion: string;
    continue?: string;
    remainingItemCount?: number;
  };
  items: Array<{ metadata: { name: string } }>;
}

/** Lists that come in pages show one state. */
describe.each(CONTRACT_SERVERS)(
  'pages of the $name API server',
  ({ start }) => {
    let running: RunningApiServer;
    let client: ApiClient;
    const path = '/api/v1/namespaces/paged/configmaps';

    const create = (name: string) =>
      client.send({
        method: 'POST',
        path,
        body: {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: { name, labels: { l: 'v' } },
        },
      });
    const page = async (query: string) =>
      (await client.get(`${path}?${query}`)).body as unknown as Page;
    const names = ({ items }: Page) =>
      items
        .map(({ metadata }) => metadata.name)
        .filter(name => name !== 'kube-root-ca.crt');

    it('keeps to the limit and says how many are left', async () => {
      const first = await page('limit=2');
      expect(names(first)).toEqual(['a', 'b']);
      expect(first.metadata.remainingItemCount).toBe(3);
      const second = await page(
        `limit=2&continue=${encodeURIComponent(first.metadata.continue ?? '')}`,
      );
      expect(names(second)).toEqual(['c', 'd']);
      expect(second.metadata.remainingItemCount).toBe(1);
      const last = await page(
        `limit=2&continue=${encodeURIComponent(
          second.metadata.continue ?? '',
        )}`,
      );
      expect(names(last)).toEqual(['e']);
      expect(last.metadata.continue ?? '').toBe('');
      expect(last.metadata.remainingItemCount).toBeUndefined();
    });

    beforeAll(async () => {
      running = await start();
      client = new ApiClient(running);
      await client.send({
        method: 'POST',
        path: '/api/v1/namespaces',
        body: {
          apiVersion: 'v1',
          kind: 'Namespace',
          metadata: { name: 'paged' },
        },
      });
      for (const name of ['a', 'b', 'c', 'd', 'e']) await create(name);
    });

    afterAll(() => running.stop());

    it('shows the state of the first page on all pages', async () => {
      const first = await page('limit=2');
      await create('bb');
      await client.send({ method: 'DELETE', path: `${path}/d` });
      const rest = await page(
        `continue=${encodeURIComponent(first.metadata.continue ?? '')}`,
      );
      expect(names(rest)).toEqual(['c', 'd', 'e']);
      expect(rest.metadata.resourceVersion).toBe(
        first.metadata.resourceVersion,
      );
      expect(names(await page(''))).toEqual(['a', 'b', 'bb', 'c', 'e']);
    });

    it('does not count what is left of a selection', async () => {
      const first = await page('limit=1&labelSelector=l%3Dv');
      expect(first.metadata.continue).not.toBe('');
      expect(first.metadata.remainingItemCount).toBeUndefined();
    });

    it.each([
      ['l=v', true],
      ['l==v', true],
      ['l!=v', false],
      ['l in (v,w)', true],
      ['l notin (v)', false],
      ['l', true],
      ['!l', false],
      ['l=v,!other', true],
    ])('selects by %s', async (selector, isFound) => {
      const found = names(
        await page(`labelSelector=${encodeURIComponent(selector)}`),
      );
      expect(found.includes('a')).toBe(isFound);
    });
  },
);
