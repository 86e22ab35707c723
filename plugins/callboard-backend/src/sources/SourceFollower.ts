import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  type Problem,
  type Result,
  type SourceAddress,
  failed,
  isSameRepository,
  ok,
} from '@callboard/plugin-callboard-common';
import type {
  ControlPlane,
  SourceLook,
  SourceRecord,
} from '@callboard/plugin-callboard-control-plane';
import {
  type PushDeps,
  type Pusher,
  type RemoteBranch,
  findBranch,
  pullBranch,
} from '@callboard/plugin-callboard-git-node';
import type { SourceHost } from '@callboard/plugin-callboard-node';
import { ConcurrencyLimiter } from '../doors/ConcurrencyLimiter';
import { pause } from '../pause';
import { consentOf } from './consent';
import { isDue } from './decideLook';
import { hostBusy, hostUnknown, sayHosts } from './problems';

export interface SourceFollowerDeps {
  controlPlane: Pick<
    ControlPlane,
    | 'connectSource'
    | 'findOwnedApp'
    | 'findSource'
    | 'listSources'
    | 'noteSourceLook'
  >;
  pushes: PushDeps;
  hosts: readonly SourceHost[];
  /** Interval of polling a branch, in addition to webhooks. */
  pollMs: number;
  now(): Date;
  logger: LoggerService;
}

/** Actor of every push from a repository elsewhere. The authors are in its commits. */
const SOURCE_ACTOR = 'system:source';

const PLACES = { total: 6, perCaller: 2, waitMs: 60_000 }; // per host: an unresponsive one blocks no other
const LOOK_MS = 5_000; // maximum delay of a poll that is due

/**
 * Pushes to apps the commits of the repositories that they follow. Level-based:
 * it polls the commit of a branch and brings over what the app does not have; a
 * webhook only starts a poll earlier. Safe in two processes at once: the app's
 * branch moves from its known commit, or not at all.
 */
export class SourceFollower {
  readonly #deps: SourceFollowerDeps;
  readonly #places = new ConcurrencyLimiter(PLACES);
  readonly #looks = new Map<string, Promise<void>>();
  readonly #lookedAt = new Map<string, Date>();

  constructor(deps: SourceFollowerDeps) {
    this.#deps = deps;
  }

  /** Titles of the hosts that apps may follow. */
  get hosts(): string[] {
    return [...new Set(this.#deps.hosts.map(({ title }) => title))].sort();
  }

  /** Returns the time of the last poll, by this process or from the database. */
  lookedAt({ app, look }: SourceRecord): Date | undefined {
    const own = this.#lookedAt.get(app);
    return own && (!look.at || own > look.at) ? own : look.at;
  }

  /**
   * Connects an app to a branch: first fetches its newest commit as a push of
   * the connecting person, so that a commit that cannot run is refused and
   * nothing is connected.
   */
  async connect(
    asked: SourceAddress & { app: string; pusher: Pusher; why?: string },
  ): Promise<Result<SourceRecord>> {
    const { app, url, branch, path, pusher, why } = asked;
    const pulled = await this.#inPlace(url, () =>
      this.#bring({ app, url, branch, path }, pusher, { demandsHistory: true }),
    );
    if (pulled === undefined) return failed(hostBusy(url));
    if (pulled.kind !== 'brought') return failed(pulled.problem);
    const at = this.#deps.now();
    this.#lookedAt.set(app, at);
    return this.#deps.controlPlane.connectSource({
      app,
      url,
      branch,
      ...(path !== undefined && { path }),
      actor: pusher.actor,
      ...(why !== undefined && { why }),
      look: { at, commit: pulled.commit, head: pulled.head, failures: 0 },
    });
  }

  /** Polls the source of an app now; joins a poll in progress. Never rejects. */
  look(app: string): Promise<void> {
    const running = this.#looks.get(app);
    if (running) return running;
    const looking = this.#look(app)
      .catch(error =>
        this.#deps.logger.error(
          `the source of ${app} was not looked at`,
          error,
        ),
      )
      .finally(() => this.#looks.delete(app));
    this.#looks.set(app, looking);
    return looking;
  }

  /** Handles a notification of a push. Its sender does not matter: it only starts a poll. */
  async hint(urls: readonly string[]): Promise<void> {
    const sources = await this.#deps.controlPlane.listSources();
    await Promise.all(
      sources
        .filter(({ url }) => urls.some(other => isSameRepository(url, other)))
        .map(async ({ app }) => {
          await this.#looks.get(app); // it may have polled before the push
          await this.look(app);
        }),
    );
  }

  async run(signal: AbortSignal): Promise<void> {
    const { controlPlane, now, pollMs, logger } = this.#deps;
    while (!signal.aborted) {
      const sources = await controlPlane.listSources().catch(error => {
        logger.warn('what apps follow cannot be read', error);
        return [];
      });
      const due = sources.filter(source =>
        isDue(source, {
          lookedAt: this.#lookedAt.get(source.app),
          now: now(),
          pollMs,
        }),
      );
      for (const { app } of due) void this.look(app);
      await pause(LOOK_MS, signal);
    }
    await Promise.all(this.#looks.values());
  }

  async #look(app: string): Promise<void> {
    const { controlPlane, now } = this.#deps;
    const source = await controlPlane.findSource(app);
    const owned = source && (await controlPlane.findOwnedApp(app));
    if (!source || !owned) {
      this.#lookedAt.delete(app);
      return;
    }
    const brought = await this.#inPlace(source.url, () =>
      this.#bringNews(source, owned.owner),
    );
    this.#lookedAt.set(app, now());
    if (brought !== undefined && brought !== 'nothing-new')
      await controlPlane.noteSourceLook({
        source,
        look: lookOf(brought, source.look, now()),
      });
  }

  async #bringNews(
    source: SourceRecord,
    owner: string,
  ): Promise<Brought | 'nothing-new'> {
    const found = await this.#find(source);
    if (!found.ok) return { kind: 'unreachable', problem: found.problem };
    const { commit, failures } = source.look;
    if (found.value.commit === commit && failures === 0) return 'nothing-new'; // accepted, or refused
    return this.#bring(source, {
      actor: SOURCE_ACTOR,
      owner,
      ownershipRefs: [owner],
    });
  }

  /** Returns the remote, with the platform's credential, and its current commit. */
  async #find({
    url,
    branch,
  }: SourceAddress): Promise<Result<{ commit: string; remote: RemoteBranch }>> {
    const { hosts, pushes } = this.#deps;
    const unable = await pushes.repositories.checkGit();
    if (unable) return failed(unable);
    const host = hosts.find(each => each.owns(url));
    if (!host) return failed(hostUnknown(url, sayHosts(this.hosts)));
    const authorization = await host.authorize(url);
    const remote = {
      url,
      branch,
      ...(authorization !== undefined && { authorization }),
    };
    const commit = await findBranch(remote, pushes.repositories);
    return commit.ok ? ok({ commit: commit.value, remote }) : commit;
  }

  async #bring(
    { app, url, branch, path }: SourceAddress & { app: string },
    pusher: Pusher,
    { demandsHistory = false } = {},
  ): Promise<Brought> {
    const { pushes } = this.#deps;
    const found = await this.#find({ url, branch });
    if (!found.ok) return { kind: 'unreachable', problem: found.problem };
    const { commit, remote } = found.value;
    const isPublic =
      remote.authorization === undefined ||
      (await findBranch({ url, branch }, pushes.repositories)).ok;
    const pulled = await pullBranch(
      {
        app,
        remote,
        demandsHistory,
        ...(path !== undefined && { path }),
        pusherOf: ({ texts }) => consentOf(texts, { pusher, url, isPublic }),
      },
      pushes,
    );
    if (pulled.ok) return { kind: 'brought', ...pulled.value };
    const { problem } = pulled;
    return problem.transient
      ? { kind: 'unreachable', problem }
      : { kind: 'refused', commit, problem };
  }

  /** Undefined where no slot was free in time. */
  async #inPlace<T>(
    url: string,
    action: () => Promise<T>,
  ): Promise<T | undefined> {
    const release = await this.#places.acquire(new URL(url).host);
    if (!release) return undefined;
    try {
      return await action();
    } finally {
      release();
    }
  }
}

/** Result for the newest commit of a branch elsewhere. */
type Brought =
  | { kind: 'brought'; commit: string; head: string }
  /** Checked and refused; checked again only when the branch has another commit. */
  | { kind: 'refused'; commit: string; problem: Problem }
  /** Not checked: it is retried. */
  | { kind: 'unreachable'; problem: Problem };

function lookOf(brought: Brought, before: SourceLook, at: Date): SourceLook {
  const { commit, head, failures } = before;
  switch (brought.kind) {
    case 'brought':
      return {
        at,
        commit: brought.commit,
        head: brought.head,
        failures: 0,
      };
    case 'refused':
      return {
        at,
        commit: brought.commit,
        ...(head !== undefined && { head }),
        problem: brought.problem,
        failures: 0,
      };
    default:
      return {
        at,
        ...(commit !== undefined && { commit }),
        ...(head !== undefined && { head }),
        problem: brought.problem,
        failures: failures + 1,
      };
  }
}
