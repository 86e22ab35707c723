import { createHash, randomBytes, randomUUID } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { openConnection } from '@callboard/plugin-callboard-clusters-node';
import {
  type App,
  type AppEnvironment,
  type BlueprintFile,
  type EnvironmentFile,
  type PlatformFile,
  type Result,
  parsePlatformFiles,
} from '@callboard/plugin-callboard-common';
import {
  type ControlPlane,
  type PullCredentials,
  createControlPlane,
  migrateStore,
} from '@callboard/plugin-callboard-control-plane';
import {
  type Builder,
  type ClusterSource,
  type RevisionSource,
  SecretCipher,
} from '@callboard/plugin-callboard-node';
import createKnex, { type Knex } from 'knex';
import { eventually } from '@callboard/testing';

const OWNER = 'user:default/dev';
const CATALOG = join(__dirname, '../../../../catalog');

/** Images are named in score.yaml: there is nothing to build. */
const givenImages: Builder = {
  name: 'given',
  build: async () => ({ ok: true, value: { images: {} } }),
};

export interface TestPortalOptions {
  /** The first is the default; only images that are named when omitted. */
  builders?: Builder[];
  pullCredentials?(): readonly PullCredentials[];
}

class MemoryRevisions implements RevisionSource {
  readonly #revisions = new Map<string, Record<string, string>>();

  add(texts: Record<string, string>): string {
    const commit = createHash('sha1')
      .update(JSON.stringify([this.#revisions.size, texts]))
      .digest('hex');
    this.#revisions.set(commit, texts);
    return commit;
  }

  async readInfo(
    _app: string,
    commit: string,
  ): ReturnType<RevisionSource['readInfo']> {
    return {
      ok: true,
      value: { commit, message: 'Try it', author: 'Dev <dev@example.com>' },
    };
  }

  async readFile(
    _app: string,
    commit: string,
    path: string,
  ): ReturnType<RevisionSource['readFile']> {
    return { ok: true, value: this.#revisions.get(commit)?.[path] };
  }

  async listFiles(
    _app: string,
    commit: string,
  ): ReturnType<RevisionSource['listFiles']> {
    return { ok: true, value: Object.keys(this.#revisions.get(commit) ?? {}) };
  }

  async digestOf(
    _app: string,
    commit: string,
  ): ReturnType<RevisionSource['digestOf']> {
    return { ok: true, value: commit };
  }

  async exportTo(
    _app: string,
    commit: string,
    folder: string,
  ): ReturnType<RevisionSource['exportTo']> {
    for (const [path, text] of Object.entries(
      this.#revisions.get(commit) ?? {},
    )) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return { ok: true, value: undefined };
  }
}

/**
 * The control plane as the portal runs it, on a database of its own, with
 * revisions from memory in place of the git host. Environments and blueprints
 * are the platform's own.
 */
export class TestPortal {
  readonly controlPlane: ControlPlane;
  readonly #knex: Knex;
  readonly #folder: string;
  readonly #revisions: MemoryRevisions;

  private constructor(
    clusterSources: ClusterSource[],
    folder: string,
    options: TestPortalOptions,
  ) {
    const builders = options.builders ?? [givenImages];
    this.#folder = folder;
    this.#revisions = new MemoryRevisions();
    this.#knex = createKnex({
      client: 'better-sqlite3',
      connection: { filename: join(folder, 'portal.sqlite') },
      useNullAsDefault: true,
    });
    this.controlPlane = createControlPlane({
      knex: this.#knex,
      clusterSources,
      builders,
      defaultBuilder: builders[0].name,
      ...(options.pullCredentials && {
        pullCredentials: options.pullCredentials,
      }),
      platform: {
        environments: readCatalog('environments').filter(isEnvironment),
        blueprints: readCatalog('blueprints').filter(isBlueprint),
      },
      secrets: new SecretCipher([randomBytes(32)]),
      revisions: this.#revisions,
      connect: cluster => openConnection(cluster),
      clock: { now: () => new Date() },
      newId: () => randomUUID(),
      logger: mockServices.logger.mock(),
      cloneUrlOf: app => `http://portal.example/git/${app}.git`,
      workFolder: join(folder, 'work'),
      holderId: 'test',
    });
  }

  static async start(
    clusterSources: ClusterSource[],
    options: TestPortalOptions = {},
  ): Promise<TestPortal> {
    const folder = mkdtempSync(join(tmpdir(), 'callboard-real-'));
    const portal = new TestPortal(clusterSources, folder, options);
    await migrateStore(portal.#knex);
    await portal.controlPlane.start();
    await eventually(
      'every cluster was in contact',
      async () => {
        const clusters = await portal.controlPlane.listClusters();
        const unheard = clusters.filter(each => each.freshness !== 'live');
        if (unheard.length > 0)
          throw new Error(
            `Not live: ${unheard.map(each => each.name).join(', ')}`,
          );
      },
      30_000,
    );
    return portal;
  }

  /** Pushes files of an app and follows, as anyone who pushed does; the lines that were told. */
  async push(app: string, texts: Record<string, string>): Promise<string[]> {
    const commit = await this.pushAndLeave(app, texts);
    const lines: string[] = [];
    for await (const step of this.controlPlane.followPush(
      app,
      commit,
      AbortSignal.timeout(60_000),
    )) {
      lines.push(step.line);
    }
    return lines;
  }

  /** Pushes files of an app as the git host would tell it; the commit. */
  async pushAndLeave(
    app: string,
    texts: Record<string, string>,
  ): Promise<string> {
    const commit = this.#revisions.add(texts);
    const pushed = {
      app,
      actor: OWNER,
      owner: OWNER,
      ownershipRefs: [OWNER],
      revision: { commit, message: 'Try it', author: 'Dev <dev@example.com>' },
      paths: Object.keys(texts),
      texts,
    };
    const judged = mustWork(await this.controlPlane.checkPush(pushed));
    mustWork(await this.controlPlane.recordPush(judged, { isHead: true }));
    return commit;
  }

  async promote(
    app: string,
    environment: string,
    release: number,
  ): Promise<void> {
    mustWork(
      await this.controlPlane.promote({
        app,
        environment,
        release,
        actor: OWNER,
      }),
    );
  }

  async setSecret(
    of: { app: string; environment: string; name: string },
    value: string,
  ): Promise<void> {
    mustWork(
      await this.controlPlane.changeSetting(
        { ...of, actor: OWNER, ownershipRefs: [OWNER] },
        { kind: 'set', value, secret: true },
      ),
    );
  }

  async app(name: string): Promise<App> {
    return mustWork(await this.controlPlane.getApp(name));
  }

  async environment(app: string, name: string): Promise<AppEnvironment> {
    const found = (await this.app(app)).environments.find(
      each => each.name === name,
    );
    if (found === undefined)
      throw new Error(`App "${app}" has no environment "${name}"`);
    return found;
  }

  async stop(): Promise<void> {
    await this.controlPlane.stop();
    await this.#knex.destroy();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function readCatalog(kind: string): PlatformFile[] {
  const folder = join(CATALOG, kind);
  return readdirSync(folder).flatMap(file =>
    mustWork(
      parsePlatformFiles(readFileSync(join(folder, file), 'utf8'), { file }),
    ),
  );
}

function isEnvironment(file: PlatformFile): file is EnvironmentFile {
  return file.kind === 'Environment';
}

function isBlueprint(file: PlatformFile): file is BlueprintFile {
  return file.kind === 'Blueprint';
}

function mustWork<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  const { code, what, why, next } = result.problem;
  throw new Error(`${code}: ${what}: ${why}. ${next}`);
}
