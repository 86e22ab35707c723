import type { DiscoveryApi, FetchApi } from '@backstage/frontend-plugin-api';
import {
  type App,
  type AppChange,
  type AppRemoval,
  type Audit,
  type AuditRow,
  type BlueprintSummary,
  type EnvironmentSummary,
  type BlueprintVersionDetails,
  type BlueprintVersionRef,
  type BlueprintWhatIf,
  type Cluster,
  type DataDeletion,
  type EnvironmentAction,
  type Exception,
  type FleetSummary,
  type GitTokenPage,
  type AppSourceAnswer,
  type GitTokenView,
  type IssuedGitToken,
  type NewException,
  type NewAppSource,
  type NewGitToken,
  type History,
  type ClusterRegistration,
  type Joining,
  type ItemList,
  type JournalEntry,
  type KeptData,
  type KubernetesView,
  type ListOperationName,
  type LogLine,
  type NewCluster,
  type OperationAnswer,
  type OperationInput,
  type OperationItem,
  type OperationName,
  type OperationRequest,
  type PlacementAnswer,
  type PlaygroundIsolation,
  type PolicySummary,
  type PolicyTrial,
  ProblemError,
  type ReleaseDetails,
  type ReleaseDiff,
  type RemovedCluster,
  type ResourceRotation,
  type AppUsage,
  type ResourceView,
  type RolloutAnswer,
  type StartedBlueprintRollout,
  type SbomDocument,
  type SettingList,
  type SettingPage,
  type SettingVersion,
  type SettingView,
  type Timeline,
  type TimelineLanes,
  TOPIC_HEADER,
  type WhatIfQuestion,
  type WhatIfReport,
  MOST_PER_PAGE,
  askOperation,
  listOperation,
  operationRequest,
  readAllPages,
  readJsonLines,
  type BuildLog,
} from '@callboard/plugin-callboard-common';
import type {
  CallboardApi,
  DeploymentKey,
  JournalFilter,
  LabelInput,
  LogQuestion,
  OperateInput,
  PolicyList,
  ReadOptions,
  AppChangeInput,
  RemovalInput,
  SchedulingInput,
  SettingsRef,
  SettingTurn,
} from './CallboardApi';
import { problemOfFailedRequest, problemOfResponse } from './problems';

/** Calls the backend plugin `callboard` through Backstage's fetch API, which adds the token and finds the host. */
export class CallboardClient implements CallboardApi {
  readonly #fetch: FetchApi;
  readonly #discovery: DiscoveryApi;
  readonly #topics = new Map<string, string>();

  constructor(deps: { fetchApi: FetchApi; discoveryApi: DiscoveryApi }) {
    this.#fetch = deps.fetchApi;
    this.#discovery = deps.discoveryApi;
  }

  readonly topicOf = (
    kind: 'app' | 'cluster',
    name: string,
  ): string | undefined =>
    this.#topics.get(`${kind}s/${encodeURIComponent(name)}`);

  getFleet(options?: ReadOptions): Promise<FleetSummary> {
    return this.#ask(
      'read the fleet',
      'getFleet',
      { query: asOf(options) },
      options,
    );
  }

  listClusters(options?: ReadOptions): Promise<Cluster[]> {
    return this.#list(
      'read the clusters',
      'listClusters',
      { query: asOf(options) },
      options,
    );
  }

  getCluster(cluster: string, options?: ReadOptions): Promise<Cluster> {
    return this.#ask(
      `read cluster "${cluster}"`,
      'getCluster',
      { path: { cluster }, query: asOf(options) },
      options,
    );
  }

  listEnvironments(options?: ReadOptions): Promise<EnvironmentSummary[]> {
    return this.#list(
      'read the environments',
      'listEnvironments',
      { query: asOf(options) },
      options,
    );
  }

  listBlueprints(options?: ReadOptions): Promise<BlueprintSummary[]> {
    return this.#list(
      'read the blueprints',
      'listBlueprints',
      { query: asOf(options) },
      options,
    );
  }

  async listPolicies(
    options?: Pick<ReadOptions, 'signal'>,
  ): Promise<PolicyList> {
    let counts = { deployments: 0, pending: 0 };
    const items = await readAllPages<PolicySummary>(async cursor => {
      const { deployments, pending, ...page } = await this.#ask(
        'read the policies',
        'listPolicies',
        { query: { limit: MOST_PER_PAGE, cursor } },
        options,
      );
      counts = { deployments, pending };
      return page;
    });
    return { items, ...counts };
  }

  tryPolicy(policy: string, days: number): Promise<PolicyTrial> {
    return this.#ask(`try the policy "${policy}"`, 'tryPolicy', {
      path: { policy },
      body: { days },
    });
  }

  listExceptions(options?: Pick<ReadOptions, 'signal'>): Promise<Exception[]> {
    return this.#list(
      'read the exceptions',
      'listExceptions',
      { query: {} },
      options,
    );
  }

  createException(body: NewException): Promise<Exception> {
    return this.#ask(
      `make an exception for "${body.target}"`,
      'createException',
      { body },
    );
  }

  async endException(id: string): Promise<void> {
    await this.#ask('end this exception', 'endException', { path: { id } });
  }

  getBlueprintVersion(
    { name, version }: BlueprintVersionRef,
    options?: ReadOptions,
  ): Promise<BlueprintVersionDetails> {
    return this.#ask(
      `read version ${version} of blueprint "${name}"`,
      'getBlueprintVersion',
      { path: { blueprint: name, version }, query: asOf(options) },
      options,
    );
  }

  askBlueprintWhatIf(
    { name, version }: BlueprintVersionRef,
    options?: ReadOptions,
  ): Promise<BlueprintWhatIf> {
    return this.#ask(
      `ask what version ${version} of blueprint "${name}" would change`,
      'askBlueprintWhatIf',
      { path: { blueprint: name, version } },
      options,
    );
  }

  getBlueprintRollout(
    blueprint: string,
    id: string,
    options?: ReadOptions,
  ): Promise<RolloutAnswer> {
    return this.#ask(
      `read rollout ${id} of blueprint "${blueprint}"`,
      'getBlueprintRollout',
      { path: { blueprint, id }, query: asOf(options) },
      options,
    );
  }

  startBlueprintRollout({
    name,
    version,
    why,
  }: Parameters<
    CallboardApi['startBlueprintRollout']
  >[0]): Promise<StartedBlueprintRollout> {
    return this.#ask(
      `roll out version ${version} of blueprint "${name}"`,
      'startBlueprintRollout',
      { path: { blueprint: name }, body: { version, why } },
    );
  }

  async steerBlueprintRollout({
    blueprint,
    id,
    ...body
  }: Parameters<CallboardApi['steerBlueprintRollout']>[0]): Promise<void> {
    await this.#ask(
      `${body.action} rollout ${id} of blueprint "${blueprint}"`,
      'steerBlueprintRollout',
      { path: { blueprint, id }, body },
    );
  }

  async getAudit(options?: ReadOptions): Promise<Audit> {
    let first: Audit | undefined;
    const items = await readAllPages<AuditRow>(async cursor => {
      const query = { limit: MOST_PER_PAGE, cursor, ...asOf(options) };
      const page = await this.#ask(
        'read the audit',
        'getAudit',
        { query },
        options,
      );
      first ??= page;
      return page;
    });
    const { at, sentence } = first!;
    return { at, sentence, items };
  }

  exportAudit(options?: ReadOptions): Promise<string> {
    return this.#ask(
      'export the audit',
      'exportAudit',
      { query: asOf(options) },
      options,
    );
  }

  getJoining(options?: ReadOptions): Promise<Joining> {
    return this.#ask(
      'find out whether clusters can be added',
      'readJoining',
      {},
      options,
    );
  }

  getHistory(options?: ReadOptions): Promise<History> {
    return this.#ask(
      'read since when history is kept',
      'getHistory',
      { query: asOf(options) },
      options,
    );
  }

  listApps(options?: ReadOptions): Promise<App[]> {
    return this.#list(
      'read the apps',
      'listApps',
      { query: asOf(options) },
      options,
    );
  }

  getApp(app: string, options?: ReadOptions): Promise<App> {
    return this.#ask(
      `read app "${app}"`,
      'getApp',
      { path: { app }, query: asOf(options) },
      options,
    );
  }

  listReleases(app: string, options?: ReadOptions): Promise<ReleaseDetails[]> {
    return this.#list(
      `read the releases of "${app}"`,
      'listReleases',
      { path: { app }, query: asOf(options) },
      options,
    );
  }

  getTimeline(
    app: string,
    { lanes, from }: { lanes: TimelineLanes; from?: Date },
    options?: ReadOptions,
  ): Promise<Timeline> {
    const query = { lanes, from: from?.toISOString(), ...asOf(options) };
    return this.#ask(
      `read the timeline of "${app}"`,
      'getTimeline',
      { path: { app }, query },
      options,
    );
  }

  readBuildLog(
    { app, revision }: { app: string; revision: string },
    options?: ReadOptions,
  ): Promise<BuildLog> {
    return this.#ask(
      `read what the build of ${revision.slice(0, 7)} of "${app}" said`,
      'readBuildLog',
      { path: { app, revision } },
      options,
    );
  }

  readSbom(
    app: string,
    release: number,
    options?: ReadOptions,
  ): Promise<SbomDocument> {
    return this.#ask(
      `read what is inside release ${release} of "${app}"`,
      'readSbom',
      { path: { app, release } },
      options,
    );
  }

  getPlacement(
    app: string,
    environment: string,
    options?: ReadOptions,
  ): Promise<PlacementAnswer> {
    return this.#ask(
      `read the placement of "${app}"`,
      'getPlacement',
      { path: { app, environment }, query: asOf(options) },
      options,
    );
  }

  diffReleases(
    { from, ...path }: Parameters<CallboardApi['diffReleases']>[0],
    options?: ReadOptions,
  ): Promise<ReleaseDiff> {
    return this.#ask(
      `compare releases of "${path.app}"`,
      'diffReleases',
      { path, query: { from } },
      options,
    );
  }

  async listSettings(
    { app, environment }: SettingsRef,
    options?: ReadOptions,
  ): Promise<SettingList> {
    const what = `read the settings of "${app}"`;
    let first: SettingPage | undefined;
    const items = await readAllPages<SettingView>(async cursor => {
      const query = { limit: MOST_PER_PAGE, cursor, ...asOf(options) };
      const page = await (environment === undefined
        ? this.#ask(
            what,
            'listSharedSettings',
            { path: { app }, query },
            options,
          )
        : this.#ask(
            what,
            'listSettings',
            { path: { app, environment }, query },
            options,
          ));
      first ??= page;
      return page;
    });
    const { lacking, version } = first!;
    return { items, lacking, ...(version !== undefined && { version }) };
  }

  listResources(
    app: string,
    environment: string,
    options?: ReadOptions,
  ): Promise<ResourceView[]> {
    return this.#ask(
      `read the resources of "${app}"`,
      'listResources',
      { path: { app, environment } },
      options,
    );
  }

  getUsage(
    app: string,
    environment: string,
    options?: ReadOptions,
  ): Promise<AppUsage> {
    return this.#ask(
      `read what "${app}" uses`,
      'getUsage',
      { path: { app, environment } },
      options,
    );
  }

  listKeptData(app: string, options?: ReadOptions): Promise<KeptData[]> {
    return this.#ask(
      `read the data that "${app}" left`,
      'listKeptData',
      { path: { app }, query: asOf(options) },
      options,
    );
  }

  listDataOfDeletedApps(options?: ReadOptions): Promise<KeptData[]> {
    return readAllPages<KeptData>(cursor =>
      this.#ask(
        'read the data of deleted apps',
        'listDataOfDeletedApps',
        { query: { limit: MOST_PER_PAGE, cursor, ...asOf(options) } },
        options,
      ),
    );
  }

  deleteData(
    deployment: DeploymentKey,
    { forget }: { forget: boolean },
  ): Promise<DataDeletion> {
    const { app, cluster } = deployment;
    return this.#ask(
      `${forget ? 'forget' : 'delete'} the data of "${app}" on ${cluster}`,
      'deleteData',
      { path: deployment, query: forget ? { forget } : {} },
    );
  }

  getRollout(
    app: string,
    environment: string,
    options?: ReadOptions,
  ): Promise<RolloutAnswer> {
    return this.#ask(
      `read the rollout of "${app}"`,
      'getRollout',
      { path: { app, environment }, query: asOf(options) },
      options,
    );
  }

  async *readLogs(
    { app, environment, ...query }: LogQuestion,
    options: { signal: AbortSignal },
  ): AsyncGenerator<LogLine[]> {
    const response = await this.#send(
      `read the output of "${app}"`,
      operationRequest('readLogs', { path: { app, environment }, query }),
      options,
    );
    if (response.body) yield* readJsonLines<LogLine>(response.body);
  }

  readKubernetesView(
    deployment: DeploymentKey,
    options?: ReadOptions,
  ): Promise<KubernetesView> {
    const { app, cluster } = deployment;
    return this.#ask(
      `read the objects of "${app}" on ${cluster}`,
      'readKubernetesView',
      { path: deployment },
      options,
    );
  }

  readJournalPage(
    {
      app,
      cluster,
      actor,
      kind,
      limit,
      cursor,
    }: JournalFilter & { cursor?: string },
    options?: ReadOptions,
  ): Promise<ItemList<JournalEntry>> {
    const query = {
      app,
      cluster,
      actor,
      kind,
      limit,
      cursor,
      ...asOf(options),
    };
    return this.#ask('read what changed', 'listJournal', { query }, options);
  }

  async promote({
    app,
    environment,
    release,
    replaces,
  }: Parameters<CallboardApi['promote']>[0]): Promise<void> {
    await this.#ask(`promote release ${release} of "${app}"`, 'promote', {
      path: { app, environment },
      body: { release, replaces },
    });
  }

  changeSetting(
    { app, environment, name }: SettingsRef & { name: string },
    turn: SettingTurn,
    why?: string,
  ): Promise<SettingVersion> {
    const path = { app, setting: name };
    const where = environment === undefined ? undefined : { environment };
    switch (turn.kind) {
      case 'set': {
        const { value, secret } = turn;
        const what = `set ${name} of "${app}"`;
        const body = { value, secret, why };
        return where
          ? this.#ask(what, 'setSetting', { path: { ...path, ...where }, body })
          : this.#ask(what, 'setSharedSetting', { path, body });
      }
      case 'refer': {
        const what = `set ${name} of "${app}"`;
        const body = { reference: turn.reference, why };
        return where
          ? this.#ask(what, 'setSetting', { path: { ...path, ...where }, body })
          : this.#ask(what, 'setSharedSetting', { path, body });
      }
      case 'remove': {
        const what = `remove ${name} of "${app}"`;
        const body = why === undefined ? undefined : { why };
        return where
          ? this.#ask(what, 'removeSetting', {
              path: { ...path, ...where },
              body,
            })
          : this.#ask(what, 'removeSharedSetting', { path, body });
      }
      case 'take-back': {
        const what = `take back a change of ${name} of "${app}"`;
        const body = { version: turn.version, why };
        return where
          ? this.#ask(what, 'restoreSetting', {
              path: { ...path, ...where },
              body,
            })
          : this.#ask(what, 'restoreSharedSetting', { path, body });
      }
      default:
        return turn satisfies never;
    }
  }

  rotateSecrets(
    path: Parameters<CallboardApi['rotateSecrets']>[0],
  ): Promise<ResourceRotation> {
    return this.#ask(
      `rotate the secrets of "${path.resource}" of "${path.app}"`,
      'rotateSecrets',
      { path },
    );
  }

  async steerRollout({
    app,
    environment,
    action,
    version,
  }: Parameters<CallboardApi['steerRollout']>[0]): Promise<void> {
    await this.#ask(
      `${action === 'rollback' ? 'roll back' : action} the rollout of "${app}"`,
      'steerRollout',
      { path: { app, environment, action }, body: { version } },
    );
  }

  previewOperation(
    { app, environment, ...body }: OperateInput,
    options?: ReadOptions,
  ): Promise<EnvironmentAction> {
    return this.#ask(
      `say what "${body.action}" of "${app}" would do`,
      'operateEnvironment',
      { path: { app, environment }, query: { dryRun: true }, body },
      options,
    );
  }

  operateEnvironment({
    app,
    environment,
    ...body
  }: Parameters<
    CallboardApi['operateEnvironment']
  >[0]): Promise<EnvironmentAction> {
    return this.#ask(`${body.action} "${app}"`, 'operateEnvironment', {
      path: { app, environment },
      body,
    });
  }

  previewAppChange(
    { app, ...body }: AppChangeInput,
    options?: ReadOptions,
  ): Promise<AppChange> {
    return this.#ask(
      `change "${app}"`,
      'changeApp',
      { path: { app }, query: { dryRun: true }, body },
      options,
    );
  }

  changeApp({
    app,
    ...body
  }: Parameters<CallboardApi['changeApp']>[0]): Promise<AppChange> {
    return this.#ask(`change "${app}"`, 'changeApp', { path: { app }, body });
  }

  previewRemoval(of: RemovalInput, options?: ReadOptions): Promise<AppRemoval> {
    return this.#askRemoval(of, { query: { dryRun: true } }, options);
  }

  removeApp({
    confirm,
    why,
    ...of
  }: Parameters<CallboardApi['removeApp']>[0]): Promise<AppRemoval> {
    const body = { confirm, ...(why !== undefined && { why }) };
    return this.#askRemoval(of, { body });
  }

  #askRemoval(
    { app, environment }: RemovalInput,
    input: {
      query?: { dryRun: boolean };
      body?: { confirm: string; why?: string };
    },
    options?: ReadOptions,
  ): Promise<AppRemoval> {
    return environment === undefined
      ? this.#ask(
          `delete "${app}"`,
          'deleteApp',
          { path: { app }, ...input },
          options,
        )
      : this.#ask(
          `remove "${app}" from ${environment}`,
          'removeFromEnvironment',
          { path: { app, environment }, ...input },
          options,
        );
  }

  registerCluster(cluster: NewCluster): Promise<ClusterRegistration> {
    return this.#ask(`add cluster "${cluster.name}"`, 'registerCluster', {
      body: cluster,
    });
  }

  renewRegistration(cluster: string): Promise<ClusterRegistration> {
    return this.#ask(
      `make a new command for cluster "${cluster}"`,
      'renewRegistration',
      {
        path: { cluster },
      },
    );
  }

  removeCluster(cluster: string): Promise<RemovedCluster> {
    return this.#ask(`remove cluster "${cluster}"`, 'removeCluster', {
      path: { cluster },
    });
  }

  askWhatIf(
    question: WhatIfQuestion,
    options?: ReadOptions,
  ): Promise<WhatIfReport> {
    return this.#ask(
      'ask what would happen to the apps',
      'askWhatIf',
      { body: question },
      options,
    );
  }

  async scheduleCluster({ cluster, to, why }: SchedulingInput): Promise<void> {
    await this.#ask(`${to} cluster "${cluster}"`, `${to}Cluster`, {
      path: { cluster },
      body: { why },
    });
  }

  async labelCluster({ cluster, ...body }: LabelInput): Promise<void> {
    await this.#ask(`label cluster "${cluster}"`, 'labelCluster', {
      path: { cluster },
      body,
    });
  }

  async setClusterPower({
    cluster,
    on,
  }: {
    cluster: string;
    on: boolean;
  }): Promise<void> {
    await this.#ask(
      `switch cluster "${cluster}" ${on ? 'on' : 'off'}`,
      'setPower',
      {
        path: { cluster },
        body: { on },
      },
    );
  }

  getPlaygroundIsolation(options?: ReadOptions): Promise<PlaygroundIsolation> {
    return this.#ask(
      'read how pushed code is isolated',
      'getPlaygroundIsolation',
      {},
      options,
    );
  }

  async listGitTokens(
    options?: Pick<ReadOptions, 'signal'>,
  ): Promise<Pick<GitTokenPage, 'items' | 'maxDays'>> {
    let maxDays = 1;
    const items = await readAllPages<GitTokenView>(async cursor => {
      const page = await this.#ask(
        'read your git tokens',
        'listTokens',
        { query: { limit: MOST_PER_PAGE, cursor } },
        options,
      );
      maxDays = page.maxDays;
      return page;
    });
    return { items, maxDays };
  }

  createGitToken(body: NewGitToken): Promise<IssuedGitToken> {
    return this.#ask(`create the git token "${body.name}"`, 'createToken', {
      body,
    });
  }

  async revokeGitToken(id: string): Promise<void> {
    await this.#ask('revoke this git token', 'revokeToken', { path: { id } });
  }

  getSource(
    app: string,
    options?: Pick<ReadOptions, 'signal'>,
  ): Promise<AppSourceAnswer> {
    return this.#ask(
      `read what "${app}" follows`,
      'readSource',
      { path: { app } },
      options,
    );
  }

  connectSource(app: string, body: NewAppSource): Promise<AppSourceAnswer> {
    return this.#ask(`connect "${app}"`, 'connectSource', {
      path: { app },
      body,
    });
  }

  refreshSource(app: string): Promise<AppSourceAnswer> {
    return this.#ask(`look for new commits of "${app}"`, 'refreshSource', {
      path: { app },
    });
  }

  async disconnectSource({
    app,
    why,
  }: Parameters<CallboardApi['disconnectSource']>[0]): Promise<void> {
    await this.#ask(`disconnect "${app}"`, 'disconnectSource', {
      path: { app },
      body: { ...(why !== undefined && { why }) },
    });
  }

  async getPushUrl(app: string): Promise<string> {
    return `${await this.#discovery.getBaseUrl('callboard')}/git/${app}.git`;
  }

  /**
   * @param what - the attempted action, in words that follow "Cannot"
   */
  #ask<O extends OperationName>(
    what: string,
    operation: O,
    input: OperationInput<O>,
    options?: ReadOptions,
  ): Promise<OperationAnswer<O>> {
    return askOperation(operation, input, request =>
      this.#send(what, request, options),
    );
  }

  /** Reads all pages of a list. */
  #list<O extends ListOperationName>(
    what: string,
    operation: O,
    input: OperationInput<O>,
    options?: ReadOptions,
  ): Promise<Array<OperationItem<O>>> {
    return listOperation(operation, input, request =>
      this.#send(what, request, options),
    );
  }

  async #send(
    what: string,
    { address, ...init }: OperationRequest,
    { signal }: ReadOptions = {},
  ): Promise<Response> {
    let response: Response;
    try {
      response = await this.#fetch.fetch(`plugin://callboard/v1${address}`, {
        ...init,
        signal,
      });
    } catch (error) {
      if (signal?.aborted) throw error;
      throw new ProblemError(problemOfFailedRequest(what));
    }
    if (!response.ok)
      throw new ProblemError(await problemOfResponse(what, response));
    const topic = response.headers.get(TOPIC_HEADER);
    const [, about] = /^\/((?:apps|clusters)\/[^/?]+)/.exec(address) ?? [];
    if (topic !== null && about !== undefined) this.#topics.set(about, topic);
    return response;
  }
}

function asOf(options: ReadOptions | undefined): { at?: string } {
  return { at: options?.at?.toISOString() };
}
