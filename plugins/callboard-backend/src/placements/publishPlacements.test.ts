import { mockServices } from '@backstage/backend-test-utils';
import type { ChangeSignal } from '@callboard/plugin-callboard-common';
import type {
  ChosenClusters,
  PlacementPublisher,
} from '@callboard/plugin-callboard-node';
import { eventually } from '@callboard/testing';
import { publishPlacements } from './publishPlacements';

const SHOP = { app: 'shop', environment: 'prod', clusters: ['eu-1'] };

class Notebook implements PlacementPublisher {
  readonly reported: string[] = [];
  constructor(readonly name: string, readonly fault?: Error) {}

  async publish(placements: readonly ChosenClusters[]): Promise<void> {
    if (this.fault) throw this.fault;
    this.reported.push(JSON.stringify(placements));
  }
}

describe('publishPlacements', () => {
  const stopped = new AbortController();
  let running: Promise<void> | undefined;
  afterAll(async () => {
    stopped.abort();
    await running;
  });

  it('tells where apps are placed after each change, to one whatever another does', async () => {
    let placements: ChosenClusters[] | undefined = [SHOP];
    const listeners: Array<(changes: ChangeSignal[]) => void> = [];
    const logger = mockServices.logger.mock();
    const [hub, broken] = [
      new Notebook('hub acm'),
      new Notebook('hub lost', new Error('secret of a hub')),
    ];
    running = publishPlacements({
      controlPlane: {
        listPlacements: async () => placements,
        onChanges: listener => {
          listeners.push(listener);
          return () => listeners.splice(listeners.indexOf(listener), 1);
        },
      },
      publishers: [hub, broken],
      logger,
      signal: stopped.signal,
    });
    await eventually(() =>
      expect(hub.reported).toEqual([JSON.stringify([SHOP])]),
    );

    placements = [{ ...SHOP, clusters: ['eu-2'] }];
    listeners.forEach(listener => listener([{ kind: 'app', name: 'shop' }]));
    await eventually(() =>
      expect(hub.reported.at(-1)).toBe(JSON.stringify(placements)),
    );

    placements = undefined; // another process decides
    listeners.forEach(listener => listener([{ kind: 'app', name: 'shop' }]));
    expect(logger.warn.mock.calls).toEqual([
      ['hub lost: Cannot publish placements'],
    ]);

    stopped.abort();
    await running;
    expect(listeners).toEqual([]);
    expect(hub.reported).toHaveLength(2);
  });
});
