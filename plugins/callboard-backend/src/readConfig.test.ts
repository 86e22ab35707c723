import { ConfigReader } from '@backstage/config';
import { readConfig } from './readConfig';

function read(builder: object) {
  return readConfig(
    new ConfigReader({
      backend: { baseUrl: 'http://localhost:7007' },
      callboard: { builder },
    } as ConstructorParameters<typeof ConfigReader>[0]),
  );
}

describe('readConfig: callboard.agentUrl', () => {
  const readUrl = (baseUrl: string, agentUrl?: string) =>
    readConfig(
      new ConfigReader({
        backend: { baseUrl },
        callboard: { ...(agentUrl && { agentUrl }) },
      }),
    ).agents.url;

  it('is where the portal is, unless it is told', () => {
    expect(readUrl('http://localhost:7007')).toMatchObject({
      value: { url: 'http://localhost:7007' },
    });
    expect(
      readUrl('http://localhost:7007', 'https://portal.example.com'),
    ).toMatchObject({ value: { url: 'https://portal.example.com' } });
  });

  it('stops the start when somebody chose what is not safe', () => {
    expect(() =>
      readUrl('http://localhost:7007', 'http://portal.example.com'),
    ).toThrow(/callboard\.agentUrl: .*plain HTTP.* Set callboard\.agentUrl/);
  });

  it('stops nothing when nobody chose it: who adds a cluster is told', () => {
    expect(readUrl('http://portal.example.com')).toMatchObject({
      ok: false,
      problem: { code: 'agent-url-insecure' },
    });
  });
});

it('has no playground unless the configuration asks for one', () => {
  const { playground, defaultBuilder } = read({});
  expect([playground, defaultBuilder]).toEqual([false, 'given']);
});

describe('readConfig: callboard.builder', () => {
  it('has no builder of images where no registry is named', () => {
    expect(read({}).imageBuilder).toBeUndefined();
    expect(read({}).defaultBuilder).toBe('given');
  });

  it('has one where a registry is named, whatever the default is', () => {
    const { imageBuilder, defaultBuilder } = read({
      type: 'bundle',
      registry: '10.0.0.1:5000/apps',
      insecure: true,
      limits: { seconds: 60, memoryMb: 512 },
    });
    expect(defaultBuilder).toBe('bundle');
    expect(imageBuilder).toMatchObject({
      registry: '10.0.0.1:5000/apps',
      insecure: true,
      allowScripts: false,
      limits: { timeMs: 60_000, memoryBytes: 512 * 1024 * 1024 },
    });
    expect(imageBuilder?.credentials()).toBeUndefined();
  });

  it('lets clusters pull with another account than the one that pushes', () => {
    const pusher = { username: 'ci', password: 'a' };
    const puller = { username: 'cluster', password: 'b' };
    const one = read({ registry: 'r.example', ...pusher }).imageBuilder!;
    expect([one.credentials(), one.pullCredentials()]).toEqual([
      pusher,
      pusher,
    ]);
    const two = read({ registry: 'r.example', ...pusher, pull: puller });
    expect(two.imageBuilder?.pullCredentials()).toEqual(puller);
  });

  it.each([
    {
      name: 'images without a registry',
      builder: { type: 'image' },
      says: /callboard\.builder\.registry/,
    },
    {
      name: 'an address as a registry',
      builder: { registry: 'https://r.example' },
      says: /without "https:\/\/"/,
    },
    {
      name: 'half an account',
      builder: { registry: 'r.example', username: 'ci' },
      says: /belong together/,
    },
    {
      name: 'half an account to pull with',
      builder: { registry: 'r.example', pull: { password: 'secret-1' } },
      says: /builder\.pull\.username/,
    },
    {
      name: 'a limit of nothing',
      builder: { registry: 'r.example', limits: { diskMb: 0 } },
      says: /limits\.diskMb must be larger than 0/,
    },
  ])('refuses $name', ({ builder, says }) => {
    expect(() => read(builder)).toThrow(says);
    expect(() => read(builder)).not.toThrow(/secret-1/);
  });
});

describe('readConfig: callboard.failback', () => {
  const failback = (given?: object) =>
    readConfig(
      new ConfigReader({
        backend: { baseUrl: 'http://localhost:7007' },
        callboard: { ...(given && { failback: given }) },
      } as ConstructorParameters<typeof ConfigReader>[0]),
    ).failback;

  it('says nothing of what is not said, and seconds as milliseconds', () => {
    expect(failback()).toEqual({});
    expect(
      failback({ steadySeconds: 30, moves: 2, intervalSeconds: 90 }),
    ).toEqual({
      failbackSteadyMs: 30_000,
      failbackMoves: 2,
      failbackIntervalMs: 90_000,
    });
  });

  it('refuses what makes no sense, by its name', () => {
    expect(() => failback({ moves: 0 })).toThrow(
      'callboard.failback.moves must be larger than 0, got 0',
    );
  });
});
