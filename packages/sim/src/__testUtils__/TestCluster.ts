import { FakeClock } from '../clock';
import { SimCluster, SimFleet, type SimClusterSpec } from '../fleet';
import type { SimObject } from '../json';

type Manifest = {
  apiVersion: string;
  kind: string;
  metadata: Record<string, unknown>;
  [field: string]: unknown;
};

const PLURALS: Readonly<Record<string, string>> = {
  Ingress: 'ingresses',
  NetworkPolicy: 'networkpolicies',
};

/** One simulated cluster with a clock that stands still, spoken to over HTTP. */
export class TestCluster {
  readonly fleet: SimFleet;
  readonly clock: FakeClock;
  readonly cluster: SimCluster;

  static async create(
    spec: Partial<SimClusterSpec> = {},
    options: { dataDir?: string; clock?: FakeClock } = {},
  ): Promise<TestCluster> {
    const clock = options.clock ?? new FakeClock();
    const fleet = await SimFleet.listen({ clock, dataDir: options.dataDir });
    const cluster = fleet.addCluster({
      name: 'eu-1',
      token: 'secret',
      nodes: [
        { name: 'node-0', cpu: '4', memory: '8Gi' },
        { name: 'node-1', cpu: '4', memory: '8Gi' },
      ],
      ...spec,
    });
    return new TestCluster(fleet, cluster, clock);
  }

  private constructor(fleet: SimFleet, cluster: SimCluster, clock: FakeClock) {
    this.fleet = fleet;
    this.cluster = cluster;
    this.clock = clock;
  }

  async apply(manifest: Manifest, manager = 'test'): Promise<SimObject> {
    const { namespace, name } = manifest.metadata as {
      namespace?: string;
      name: string;
    };
    const path = `${pathOf(
      manifest,
      namespace,
    )}/${name}?fieldManager=${manager}&force=true`;
    return this.send('PATCH', path, manifest, 'application/apply-patch+yaml');
  }

  async send(
    method: string,
    path: string,
    body?: unknown,
    type = 'application/json',
  ): Promise<SimObject> {
    const response = await fetch(`${this.fleet.urlOf('eu-1')}${path}`, {
      method,
      headers: { Authorization: 'Bearer secret', 'Content-Type': type },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${response.status} ${text}`);
    return (text.startsWith('{') ? JSON.parse(text) : { text }) as SimObject;
  }

  /** Objects of a kind, by name. */
  all<T extends SimObject>(kind: string): T[] {
    return this.cluster
      .dump()
      .filter(object => object.kind === kind)
      .sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1)) as T[];
  }

  one<T extends SimObject>(kind: string, name: string): T {
    const found = this.all<T>(kind).find(
      ({ metadata }) => metadata.name === name,
    );
    if (found === undefined) throw new Error(`no ${kind} "${name}"`);
    return found;
  }

  /** `Reason: message` of the events about an object, oldest first. */
  eventsOf(name: string): string[] {
    return this.all('Event')
      .filter(({ involvedObject }) =>
        (involvedObject as { name?: string }).name?.startsWith(name),
      )
      .sort(
        (a, b) =>
          Number(a.metadata.resourceVersion) -
          Number(b.metadata.resourceVersion),
      )
      .map(({ reason, message }) => `${String(reason)}: ${String(message)}`);
  }

  /** Lets time pass in small steps, so that everything started on the way can go on. */
  async passes(ms: number): Promise<void> {
    const step = Math.max(100, Math.min(1_000, ms / 50));
    for (let left = ms; left > 0; left -= step) {
      await this.turns();
      await this.clock.advance(Math.min(step, left));
    }
    await this.turns();
  }

  /** Lets the event loop turn without time passing. */
  async turns(): Promise<void> {
    for (let i = 0; i < 20; i++) {
      await new Promise(resolve => {
        setImmediate(resolve);
      });
    }
  }

  close(): Promise<void> {
    return this.fleet.close();
  }
}

function pathOf(
  { apiVersion, kind }: Manifest,
  namespace: string | undefined,
): string {
  const root = apiVersion.includes('/')
    ? `/apis/${apiVersion}`
    : `/api/${apiVersion}`;
  const plural = PLURALS[kind] ?? `${kind.toLowerCase()}s`;
  return `${root}${
    namespace === undefined ? '' : `/namespaces/${namespace}`
  }/${plural}`;
}
