import {
  type App,
  type AuditRow,
  type BlueprintSummary,
  type EnvironmentSummary,
  type ChangeSignal,
  type ImageEvidence,
  type ClusterRegistration,
  type Exception,
  type JournalEntry,
  type KubeObject,
  type LogLine,
  type ObservedApp,
  type NewException,
  type PolicyPage,
  type PolicyTrial,
  type Problem,
  type ProblemCode,
  type PromotionAnswer,
  type RemovedCluster,
  type Retention,
  type PlacementAnswer,
  type ReleaseDiff,
  type Result,
  type RolloutAnswer,
  type Timeline,
  type Cluster,
  failed,
  ok,
  parseAppFile,
  parseScore,
  type WhatIfQuestion,
  type WhatIfReport,
  type BuildLog,
} from '@callboard/plugin-callboard-common';
import type {
  ControlPlane,
  PushStep,
  ReleaseDiffQuestion,
  ReleaseFilter,
  SourceRecord,
  TimelineQuestion,
} from '@callboard/plugin-callboard-control-plane';
import {
  type UptimeGap,
  drawTimeline,
  findGapAt,
  readWindow,
} from '@callboard/plugin-callboard-core';
import type {
  AcceptedPush,
  JudgedPush,
  PushedFiles,
} from '@callboard/plugin-callboard-node';

const AT = '2026-11-20T10:00:00.000Z';
const LISTENING: LogLine = {
  at: AT,
  cluster: 'eu-1',
  instance: 'web-1',
  stream: 'output',
  text: 'listening',
};
const IMAGE = `registry.example/apps/shop@sha256:${'1'.repeat(64)}`;
const EVIDENCE: ImageEvidence = {
  image: IMAGE,
  sbom: {
    digest: `sha256:${'2'.repeat(64)}`,
    mediaType: 'application/vnd.cyclonedx+json',
    components: 3,
  },
  provenance: {
    digest: `sha256:${'3'.repeat(64)}`,
    mediaType: 'application/vnd.in-toto+json',
    builder: 'https://callboard.dev/builders/image',
    base: `registry.example/apps/callboard-base@sha256:${'4'.repeat(64)}`,
  },
};
const HEALTHY = {
  status: 'Healthy',
  reason: 'Ready',
  message: 'All instances are ready',
} as const;

function registrationOf(name: string): ClusterRegistration {
  const manifestUrl = `https://portal.example/api/callboard/agents/${name}/install.yaml?token=t`;
  return {
    name,
    join: {
      manifestUrl,
      command: `kubectl apply -f "${manifestUrl}"`,
      expiresAt: AT,
    },
  };
}

function auditRow(app: string, owner: string): AuditRow {
  return {
    app,
    title: app,
    owner,
    environment: 'dev',
    environmentTitle: 'Development',
    release: 1,
    serving: 'release 1 still answers',
    health: {
      status: 'Unknown',
      reason: 'NotObservedYet',
      message: 'No contact',
    },
    verdict: { kind: 'unknown', unknown: ['eu-1'], since: AT },
    explanation: `Unknown since ${AT}: eu-1 not observed`,
    decided: ['eu-1'],
    actual: ['eu-1'],
    blueprint: { required: 'pci', met: 'unknown', notOn: [] },
    decidedAt: AT,
    observed: [{ cluster: 'eu-1', at: AT }],
  };
}

/**
 * A control plane without clusters: takes pushes as the real one does (score
 * files are parsed, an app has one owner), is healthy at once, and forgets
 * everything when it ends. For tests of what lies in front of it.
 */
export class MemoryControlPlane implements ControlPlane {
  readonly recorded: JudgedPush[] = [];
  /** What was asked to be judged, as it was read. */
  readonly checked: PushedFiles[] = [];
  readonly promotions: Array<{
    app: string;
    environment: string;
    release: number;
    actor: string;
    mayPromote?: boolean;
    replaces?: number | null;
  }> = [];
  /** Who must approve promotions of an app to prod, by app. */
  readonly approvals = new Map<string, string>();
  readonly schedulings: object[] = [];
  readonly labellings: object[] = [];
  readonly steerings: Array<{
    app: string;
    environment: string;
    action: string;
    actor: string;
  }> = [];
  /** What followPush says before it ends; it never ends while this is undefined. */
  steps: PushStep[] | undefined = [{ line: 'Healthy', kind: 'done' }];
  /** Names of clusters that were registered. */
  readonly sources = new Map<string, SourceRecord>();
  readonly registered = new Set<string>();
  readonly #listeners = new Set<(changes: ChangeSignal[]) => void>();

  readonly historyStart = new Date('2020-01-01T00:00:00Z');

  readonly #deleted: Array<{ name: string; owner: string }> = [];

  async findOwnedApp(
    name: string,
    { orDeleted = false } = {},
  ): ReturnType<ControlPlane['findOwnedApp']> {
    const app = await this.getApp(name);
    if (app.ok) return app.value;
    const last = this.#deleted.find(each => each.name === name);
    return last && orDeleted ? { ...last, isDeleted: true } : undefined;
  }

  async readAudit({ at }: { at?: Date } = {}) {
    const rows = this.recorded.map(({ app, owner }) => auditRow(app, owner));
    return { at: at ?? new Date(AT), rows };
  }

  async readTimeline(
    app: string,
    { from, to, lanes, at }: TimelineQuestion = {},
  ): Promise<Result<Timeline>> {
    const window = readWindow({ from, to }, { until: at ?? new Date(AT) });
    if (!window.ok) return window;
    const first = {
      from: window.value.from,
      environment: 'dev',
      cluster: 'eu-1',
      release: 1,
    };
    return ok(
      drawTimeline(
        {
          window: window.value,
          knownSince: window.value.from,
          releases: [{ ...first, by: 'user:default/ana' }],
          deployments: [
            { ...first, status: 'Degraded', reason: `${app} cannot start` },
          ],
          silences: [],
          gaps: [],
          environments: [{ name: 'dev', title: 'Development' }],
          clusters: new Map(),
          messages: new Map([[1, 'Start']]),
          settings: new Map(),
        },
        lanes ?? 'environment',
      ),
    );
  }

  /** What a sweep would remove, where a test wants it so. */
  removable: Retention['images'] = [];

  async readRetention() {
    return { releases: 10, images: this.removable, problems: [] };
  }

  /** What is observed of components, by entity reference. */
  readonly observed = new Map<string, ObservedApp>();
  /** Components that the catalog named last. */
  observable: Parameters<ControlPlane['syncObservedApps']>[0] = [];

  async syncObservedApps(
    apps: Parameters<ControlPlane['syncObservedApps']>[0],
  ): Promise<void> {
    this.observable = apps;
  }

  async getObservedApp(entityRef: string): Promise<ObservedApp | undefined> {
    return this.observed.get(entityRef);
  }

  async listPlacements() {
    return [];
  }

  async sweepImages() {
    return { images: 0, bytes: 0, problems: [] };
  }

  /** Of its database, where a test wants it so. */
  identity: string | undefined;

  async identify(proposed: string): Promise<string> {
    return (this.identity ??= proposed);
  }

  /** When no portal was running, where a test wants it so. */
  gaps: UptimeGap[] = [];

  async findGap(at: Date): Promise<UptimeGap | undefined> {
    return findGapAt(this.gaps, at);
  }

  async getHistoryStart(): Promise<Date> {
    return this.historyStart;
  }

  async start(): Promise<void> {}
  async stop(): Promise<void> {}

  /** What is wrong with the database, where a test wants it so. */
  storeProblem: Problem | undefined;

  async probeStore(): Promise<Problem | undefined> {
    return this.storeProblem;
  }

  async checkPush(push: PushedFiles): Promise<Result<JudgedPush>> {
    this.checked.push(push);
    const before = this.recorded.find(({ app }) => app === push.app);
    if (before && !push.ownershipRefs.includes(before.owner))
      return failed(problem('not-owner', push.app));
    const scores = Object.keys(push.texts).filter(path =>
      path.endsWith('score.yaml'),
    );
    if (scores.length === 0) return failed(problem('score-missing', push.app));
    for (const file of scores) {
      const score = parseScore(push.texts[file], { file });
      if (!score.ok) return score;
    }
    if (push.texts['app.yaml'] !== undefined) {
      const appFile = parseAppFile(push.texts['app.yaml'], {
        file: 'app.yaml',
      });
      if (!appFile.ok) return appFile;
    }
    const { app, actor, owner, ownershipRefs, revision, elsewhere } = push;
    return ok({
      app,
      actor,
      owner,
      ownershipRefs,
      revision,
      title: app,
      spec: { workloads: [] },
      builder: 'given',
      ...(elsewhere && { elsewhere }),
      accepted: { app, created: !before, workloads: scores, warnings: [] },
    });
  }

  async recordPush(push: JudgedPush): Promise<Result<AcceptedPush>> {
    if (
      !this.recorded.some(
        ({ app, revision }) =>
          app === push.app && revision.commit === push.revision.commit,
      )
    )
      this.recorded.push(push);
    this.notify({ kind: 'app', name: push.app });
    return ok(push.accepted);
  }

  async findRequest(app: string, key: string) {
    const known = this.recorded.find(
      push => push.app === app && push.elsewhere?.request?.key === key,
    );
    const digest = known?.elsewhere?.request?.digest;
    return known && digest !== undefined
      ? { digest, commit: known.revision.commit }
      : undefined;
  }

  async awaitRelease(of: {
    app: string;
    commit: string;
  }): Promise<Result<number>> {
    const index = this.recorded
      .filter(({ app }) => app === of.app)
      .findIndex(({ revision }) => revision.commit === of.commit);
    return ok(index + 1);
  }

  async followRelease(
    of: { app: string; release: number },
    signal: AbortSignal,
  ): Promise<Result<AsyncIterable<PushStep>>> {
    const known = this.recorded.filter(({ app }) => app === of.app);
    return of.release <= known.length
      ? ok(this.followPush(of.app, '', signal))
      : failed(problem('release-not-found', of.app));
  }

  async *followPush(
    _app: string,
    _commit: string,
    signal: AbortSignal,
  ): AsyncIterable<PushStep> {
    if (this.steps) yield* this.steps;
    else
      await new Promise(resolve => signal.addEventListener('abort', resolve));
  }

  async promote(input: {
    app: string;
    environment: string;
    release: number;
    actor: string;
    ownershipRefs?: string[];
    mayPromote?: boolean;
  }): Promise<Result<PromotionAnswer>> {
    const approval = this.approvals.get(input.app);
    if (approval === undefined && input.mayPromote === false)
      return failed(problem('not-allowed', input.app));
    if (approval !== undefined && !input.ownershipRefs?.includes(approval))
      return failed(problem('approval-missing', input.app));
    this.promotions.push(input);
    return ok({ warnings: [] });
  }

  async askWhatIf({ changes }: WhatIfQuestion): Promise<Result<WhatIfReport>> {
    return ok({
      at: new Date(0).toISOString(),
      sentence: `${changes.length} supposed`,
      moves: [],
      shortages: [],
      lostSpread: [],
      stays: [],
      data: [],
    });
  }

  async scheduleCluster(input: {
    cluster: string;
    to: string;
    actor: string;
    why?: string;
  }): Promise<Result<void>> {
    if (input.cluster === 'nowhere')
      return failed(problem('cluster-not-found', input.cluster));
    this.schedulings.push(input);
    return ok(undefined);
  }

  async labelCluster(input: {
    cluster: string;
    labels: Record<string, string | null>;
    actor: string;
    why?: string;
  }): Promise<Result<void>> {
    this.labellings.push(input);
    return ok(undefined);
  }

  async listSettings(): ReturnType<ControlPlane['listSettings']> {
    return ok({ items: [], lacking: [] });
  }

  async changeSetting({
    name,
  }: {
    name: string;
  }): ReturnType<ControlPlane['changeSetting']> {
    return failed(problem('setting-not-found', name));
  }

  async operateEnvironment({
    app,
    action,
    mayPromote,
  }: Parameters<ControlPlane['operateEnvironment']>[0]): ReturnType<
    ControlPlane['operateEnvironment']
  > {
    if (mayPromote === false) return failed(problem('not-allowed', app));
    return ok({
      action: action.kind,
      changes: true,
      message: `${action.kind} ${app}`,
      notes: [],
      clusters: [],
    });
  }

  async changeApp({
    app,
    asked,
    dryRun,
  }: Parameters<ControlPlane['changeApp']>[0]): ReturnType<
    ControlPlane['changeApp']
  > {
    if (!dryRun && asked.owner !== undefined)
      for (const push of this.recorded)
        if (push.app === app) push.owner = asked.owner;
    return ok({ changes: true, message: `${app} is another`, notes: [] });
  }

  async removeApp({
    app,
    environment,
    mayRemove,
    confirm,
    dryRun,
  }: Parameters<ControlPlane['removeApp']>[0]): ReturnType<
    ControlPlane['removeApp']
  > {
    if (mayRemove === false) return failed(problem('not-allowed', app));
    if (!dryRun && confirm !== app)
      return failed(problem('removal-not-confirmed', app));
    if (!dryRun && environment === undefined) {
      this.#deleted.push(
        ...this.recorded
          .filter(push => push.app === app)
          .slice(0, 1)
          .map(({ owner }) => ({ name: app, owner })),
      );
      const left = this.recorded.filter(push => push.app !== app);
      this.recorded.splice(0, Infinity, ...left);
    }
    return ok({
      message: `${app} is deleted`,
      notes: [],
      environments: [],
      data: [],
    });
  }

  async listDeletedApps(): ReturnType<ControlPlane['listDeletedApps']> {
    return this.#deleted;
  }

  async findSource(app: string): ReturnType<ControlPlane['findSource']> {
    return this.sources.get(app);
  }

  async listSources(): ReturnType<ControlPlane['listSources']> {
    return [...this.sources.values()];
  }

  async connectSource({
    actor,
    why: _,
    ...source
  }: Parameters<ControlPlane['connectSource']>[0]): ReturnType<
    ControlPlane['connectSource']
  > {
    const made = { ...source, connectedBy: actor, connectedAt: new Date(AT) };
    this.sources.set(source.app, made);
    return ok(made);
  }

  async disconnectSource({
    app,
  }: Parameters<ControlPlane['disconnectSource']>[0]): ReturnType<
    ControlPlane['disconnectSource']
  > {
    this.sources.delete(app);
    return ok(undefined);
  }

  async noteSourceLook({
    source,
    look,
  }: Parameters<ControlPlane['noteSourceLook']>[0]): Promise<void> {
    this.sources.set(source.app, { ...source, look });
  }

  async findAddressesToProbe(): ReturnType<
    ControlPlane['findAddressesToProbe']
  > {
    return [];
  }

  async noteProbes(): ReturnType<ControlPlane['noteProbes']> {
    return new Map();
  }

  async createGitToken({
    name,
  }: {
    name: string;
  }): ReturnType<ControlPlane['createGitToken']> {
    return ok({
      id: name,
      token: `cbt_${'0'.repeat(43)}`,
      expiresAt: AT,
    });
  }

  async listGitTokens(): ReturnType<ControlPlane['listGitTokens']> {
    return [];
  }

  async revokeGitToken({
    id,
  }: {
    id: string;
  }): ReturnType<ControlPlane['revokeGitToken']> {
    return failed(problem('git-token-not-found', id));
  }

  async admitGitToken(): ReturnType<ControlPlane['admitGitToken']> {
    return failed(problem('git-token-wrong', 'git'));
  }

  async listResources(): ReturnType<ControlPlane['listResources']> {
    return ok([]);
  }

  async getUsage(): ReturnType<ControlPlane['getUsage']> {
    return ok({ clusters: [], advice: [] });
  }

  async rotateSecrets({
    resource,
  }: {
    resource: string;
  }): ReturnType<ControlPlane['rotateSecrets']> {
    return failed(problem('resource-secrets-not-found', resource));
  }

  async listKeptData(): ReturnType<ControlPlane['listKeptData']> {
    return ok([]);
  }

  async listDataOfDeletedApps(): ReturnType<
    ControlPlane['listDataOfDeletedApps']
  > {
    return [];
  }

  async deleteData({
    cluster,
    forget,
  }: Parameters<ControlPlane['deleteData']>[0]): ReturnType<
    ControlPlane['deleteData']
  > {
    return failed(
      problem(forget ? 'data-within-reach' : 'data-not-found', cluster),
    );
  }

  async steerRollout(input: {
    app: string;
    environment: string;
    action: string;
    actor: string;
    mayPromote?: boolean;
  }): Promise<Result<void>> {
    if (input.mayPromote === false)
      return failed(problem('not-allowed', input.app));
    if (input.environment !== 'prod')
      return failed(problem('rollout-not-found', input.app));
    this.steerings.push(input);
    return ok(undefined);
  }

  async getRollout(
    app: string,
    environment: string,
  ): Promise<Result<RolloutAnswer>> {
    if (environment !== 'prod')
      return failed(problem('rollout-not-found', app));
    return ok({
      release: 2,
      before: 1,
      purpose: 'roll-out',
      phase: 'halted',
      sentence: 'Halted at eu-1: it ends with exit code 3',
      wave: 1,
      waveCount: 2,
      reached: 1,
      clusterCount: 2,
      startedBy: 'user:default/ana',
      startedAt: AT,
      waves: [
        {
          name: 'canary',
          cells: [
            {
              cluster: 'eu-1',
              state: 'failed',
              why: 'no',
              since: AT,
              until: AT,
            },
          ],
        },
        { name: '', cells: [{ cluster: 'us-1', state: 'to-apply' }] },
      ],
      soakSeconds: 0.5,
      halt: { cluster: 'eu-1', why: 'no', failures: 1, allowed: 0 },
      actions: [{ action: 'rollback', does: 'eu-1 rolls back to release 1.' }],
      version: '9f2c41d07b6e8a35',
    });
  }

  async readJoining() {
    return {};
  }

  async registerCluster({
    name,
  }: {
    name: string;
  }): Promise<Result<ClusterRegistration>> {
    if (this.registered.has(name))
      return failed(problem('cluster-exists', name));
    this.registered.add(name);
    return ok(registrationOf(name));
  }

  async renewRegistration({
    cluster,
  }: {
    cluster: string;
  }): Promise<Result<ClusterRegistration>> {
    return this.registered.has(cluster)
      ? ok(registrationOf(cluster))
      : failed(problem('cluster-not-found', cluster));
  }

  async readInstallManifest({
    cluster,
  }: {
    cluster: string;
  }): Promise<Result<KubeObject[]>> {
    return failed(problem('join-token-wrong', cluster));
  }

  async removeCluster({
    cluster,
  }: {
    cluster: string;
  }): Promise<Result<RemovedCluster>> {
    if (!this.registered.has(cluster))
      return failed(problem('cluster-not-found', cluster));
    return ok({
      name: cluster,
      apps: [
        {
          app: 'shop',
          environment: 'dev',
          environmentTitle: 'Development',
          release: 1,
          health: HEALTHY,
        },
      ],
      data: [],
    });
  }

  async listApps(): Promise<App[]> {
    const names = [...new Set(this.recorded.map(({ app }) => app))].sort();
    return names.map(name => this.#describe(name));
  }

  async getApp(app: string): Promise<Result<App>> {
    return this.recorded.some(push => push.app === app)
      ? ok(this.#describe(app))
      : failed(problem('app-not-found', app));
  }

  async listReleases(
    app: string,
    { before = Infinity, limit }: ReleaseFilter = {},
  ) {
    return ok(
      this.recorded
        .filter(push => push.app === app)
        .map((push, index) => ({
          ...releaseOf(push, index + 1),
          createdBy: push.actor,
          workloads: [],
          build: { builder: 'image', startedAt: AT },
          environments: ['dev'],
          outcomes: [],
          evidence: [EVIDENCE],
        }))
        .reverse()
        .filter(({ number }) => number < before)
        .slice(0, limit),
    );
  }

  async readBuildLog(of: {
    app: string;
    revision: string;
  }): Promise<Result<BuildLog>> {
    return ok({
      revision: of.revision,
      state: 'succeeded',
      lines: [`built ${of.app}`],
      leftOut: 0,
    });
  }

  async readReleaseEvidence(of: {
    app: string;
    release: number;
    kind: 'sbom' | 'provenance';
  }): Promise<Result<readonly Uint8Array[]>> {
    const releases = this.recorded.filter(push => push.app === of.app).length;
    return of.release <= releases
      ? ok([
          Buffer.from(`{"${of.kind}":`),
          Buffer.from(`"of release ${of.release} of ${of.app}"}`),
        ])
      : failed(problem('release-not-found', of.app));
  }

  async diffReleases({
    environment,
    release,
    from,
  }: ReleaseDiffQuestion): Promise<Result<ReleaseDiff>> {
    return ok({
      environment,
      release,
      ...(from !== undefined && { from }),
      sentence: 'Nothing changes',
      groups: [],
      tasks: [],
      data: [],
    });
  }

  async getPlacement(): Promise<Result<PlacementAnswer>> {
    return ok({
      decidedAt: AT,
      satisfied: true,
      message: 'Runs nowhere',
      verdicts: [],
    });
  }

  async findAddresses(): Promise<string[]> {
    return [];
  }

  async readLogs(): Promise<Result<LogLine[]>> {
    return ok([LISTENING]);
  }

  async *followLogs(): AsyncGenerator<LogLine[], Problem | undefined> {
    yield [LISTENING];
    return undefined;
  }

  async readKubernetesView({ cluster }: { cluster: string }) {
    return ok({
      cluster,
      namespace: 'shop--dev',
      command: 'kubectl get all',
      objects: [],
      events: [],
    });
  }

  async getFleetSummary() {
    return {
      sentence: 'No clusters.',
      clusters: { total: 0, live: 0, stale: 0, unreachable: 0 },
      apps: { total: this.recorded.length, needAttention: 0 },
      environments: [{ name: 'dev', title: 'Development' }],
      playground: false,
    };
  }

  async listPolicies(): Promise<Omit<PolicyPage, 'nextCursor'>> {
    return { items: [], deployments: 0, pending: 0 };
  }

  async tryPolicy({
    policy,
  }: {
    policy: string;
  }): Promise<Result<PolicyTrial>> {
    return failed(problem('policy-not-found', policy));
  }

  async listExceptions(): Promise<Exception[]> {
    return [];
  }

  async createException({
    actor,
    ...exception
  }: NewException & { actor: string }): Promise<Result<Exception>> {
    return ok({
      id: 'one',
      ...exception,
      createdBy: actor,
      createdAt: AT,
    });
  }

  async endException({ id }: { id: string }): Promise<Result<void>> {
    return failed(problem('exception-not-found', id));
  }

  async listBlueprints(): Promise<BlueprintSummary[]> {
    return [
      {
        name: 'golden',
        title: 'Golden',
        sentence: 'No cluster runs it',
        versions: [{ version: 3, state: 'active', channels: [], clusters: 0 }],
      },
    ];
  }

  async listEnvironments(): Promise<EnvironmentSummary[]> {
    return [
      {
        name: 'prod',
        title: 'Production',
        order: 1,
        sentence: 'No app; there is no cluster',
        rules: [{ topic: 'releases', says: 'Every push arrives here' }],
        apps: { total: 0, needAttention: 0, names: [] },
      },
    ];
  }

  async getBlueprintVersion({
    blueprint: name,
    version,
  }: Parameters<ControlPlane['getBlueprintVersion']>[0]): ReturnType<
    ControlPlane['getBlueprintVersion']
  > {
    return ok({
      name,
      title: name,
      version,
      state: 'active',
      channels: [],
      sentence: `Version ${version} runs on no cluster`,
      drift: 'NotSet',
      guardRails: [],
      inherits: [],
      addons: [],
      clusters: [],
    });
  }

  async askBlueprintWhatIf({
    blueprint: name,
    version,
  }: Parameters<ControlPlane['askBlueprintWhatIf']>[0]): ReturnType<
    ControlPlane['askBlueprintWhatIf']
  > {
    const sentence = `No cluster follows version ${version}`;
    return ok({
      name,
      version,
      sentence,
      clusters: [],
      groups: [],
      notAdmitted: [],
      hidden: 0,
    });
  }

  async startBlueprintRollout(): ReturnType<
    ControlPlane['startBlueprintRollout']
  > {
    return ok({ id: '1' });
  }

  async getBlueprintRollout(): ReturnType<ControlPlane['getBlueprintRollout']> {
    return ok({
      release: 3,
      purpose: 'roll-out',
      phase: 'done',
      sentence: 'Rolled out everywhere',
      wave: 0,
      waveCount: 0,
      reached: 0,
      clusterCount: 0,
      startedBy: 'user:default/petra',
      startedAt: new Date(0).toISOString(),
      waves: [],
      soakSeconds: 0,
      actions: [],
      version: '0',
    });
  }

  async steerBlueprintRollout(): Promise<Result<void>> {
    return ok(undefined);
  }

  async listClusters(): Promise<Cluster[]> {
    return [];
  }

  async getCluster(cluster: string): Promise<Result<Cluster>> {
    return failed(problem('cluster-not-found', cluster));
  }

  async listJournal(
    _filter: Parameters<ControlPlane['listJournal']>[0],
  ): Promise<JournalEntry[]> {
    return [];
  }

  onChanges(listener: (changes: ChangeSignal[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  notify(change: ChangeSignal): void {
    this.#listeners.forEach(listener => listener([change]));
  }

  /** The environment whose promotions somebody must approve. */
  #awaiting(app: string): App['environments'] {
    const approval = this.approvals.get(app);
    if (approval === undefined) return [];
    return [
      {
        name: 'prod',
        title: 'Production',
        release: null,
        health: HEALTHY,
        freshness: 'live',
        clusters: [],
        findings: [],
        placement: null,
        promotion: { from: 'dev', candidate: 1, approval },
      },
    ];
  }

  #describe(name: string): App {
    const pushes = this.recorded.filter(push => push.app === name);
    return {
      name,
      title: name,
      owner: pushes[0].owner,
      repository: { cloneUrl: `http://localhost/git/${name}.git` },
      environments: [
        {
          name: 'dev',
          title: 'Development',
          release: releaseOf(pushes[pushes.length - 1], pushes.length),
          health: HEALTHY,
          freshness: 'live',
          clusters: [],
          findings: [],
          placement: null,
        },
        ...this.#awaiting(name),
      ],
      sentence: `Release ${pushes.length} is healthy in dev.`,
      createdAt: AT,
    };
  }
}

function releaseOf({ revision }: JudgedPush, number: number) {
  const { commit, message, author } = revision;
  return { number, revision: commit, message, author, createdAt: AT };
}

function problem(code: ProblemCode, name: string): Problem {
  return {
    code,
    what: `Cannot serve "${name}"`,
    why: `its problem is ${code}`,
    next: 'Try another',
    transient: false,
  };
}
