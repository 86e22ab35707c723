import type { DiscoveryApi, FetchApi } from '@backstage/frontend-plugin-api';
import {
  type App,
  type Audit,
  type AuditRow,
  type BlueprintSummary,
  type Cluster,
  type FleetSummary,
  type History,
  type InvitedCluster,
  type Joining,
  type ItemList,
  type JournalEntry,
  type KubernetesView,
  type LogView,
  type NewCluster,
  type PlacementAnswer,
  type PlaygroundIsolation,
  ProblemError,
  type ReleaseDetails,
  type RemovedCluster,
  type RolloutAnswer,
  type SbomDocument,
  type Timeline,
  type TimelineLanes,
  TOPIC_HEADER,
  type WhatIfQuestion,
  type WhatIfReport,
  MOST_PER_PAGE,
  readAllPages,
} from '@callboard/plugin-callboard-common';
import type {
  CallboardApi,
  DeploymentRef,
  JournalFilter,
  LabelInput,
  ReadOptions,
  SchedulingInput,
} from './CallboardApi';
import { problemOfFailedRequest, problemOfResponse } from './problems';

/** Talks to the backend plugin `callboard` through Backstage's fetch, which adds the token and finds the host. */
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
  ): string | undefined => this.#topics.get(path`${kind}s/${name}`);

  getFleet(options?: ReadOptions): Promise<FleetSummary> {
    return this.#read('read the fleet', path`fleet`, options);
  }

  listClusters(options?: ReadOptions): Promise<Cluster[]> {
    return this.#list('read the clusters', path`clusters`, options);
  }

  getCluster(cluster: string, options?: ReadOptions): Promise<Cluster> {
    return this.#read(
      `read cluster "${cluster}"`,
      path`clusters/${cluster}`,
      options,
    );
  }

  listBlueprints(options?: ReadOptions): Promise<BlueprintSummary[]> {
    return this.#list('read the blueprints', path`blueprints`, options);
  }

  async getAudit(options?: ReadOptions): Promise<Audit> {
    const what = 'read the audit';
    let first: Audit | undefined;
    const items = await readAllPages<AuditRow>(async cursor => {
      const page = await this.#read<Audit>(
        what,
        pageAt('audit', cursor),
        options,
      );
      first ??= page;
      return page;
    });
    const { at, sentence } = first!;
    return { at, sentence, items };
  }

  async exportAudit({ at, signal }: ReadOptions = {}): Promise<string> {
    const response = await this.#ask(
      'export the audit',
      asOf('audit.csv', at),
      {
        signal,
      },
    );
    return response.text();
  }

  getJoining(options?: ReadOptions): Promise<Joining> {
    return this.#read(
      'find out whether clusters can be added',
      'fleet/joining',
      {
        signal: options?.signal,
      },
    );
  }

  getHistory(options?: ReadOptions): Promise<History> {
    return this.#read(
      'read since when history is kept',
      path`history`,
      options,
    );
  }

  listApps(options?: ReadOptions): Promise<App[]> {
    return this.#list('read the apps', path`apps`, options);
  }

  getApp(app: string, options?: ReadOptions): Promise<App> {
    return this.#read(`read app "${app}"`, path`apps/${app}`, options);
  }

  listReleases(app: string, options?: ReadOptions): Promise<ReleaseDetails[]> {
    return this.#list(
      `read the releases of "${app}"`,
      path`apps/${app}/releases`,
      options,
    );
  }

  getTimeline(
    app: string,
    { lanes, from }: { lanes: TimelineLanes; from?: Date },
    options?: ReadOptions,
  ): Promise<Timeline> {
    const query = new URLSearchParams({
      lanes,
      ...(from && { from: from.toISOString() }),
    });
    return this.#read(
      `read the timeline of "${app}"`,
      `${path`apps/${app}/timeline`}?${query}`,
      options,
    );
  }

  readSbom(
    app: string,
    release: number,
    options?: ReadOptions,
  ): Promise<SbomDocument> {
    return this.#read(
      `read what is inside release ${release} of "${app}"`,
      path`apps/${app}/releases/${String(release)}/sbom`,
      asNow(options),
    );
  }

  getPlacement(
    app: string,
    environment: string,
    options?: ReadOptions,
  ): Promise<PlacementAnswer> {
    return this.#read(
      `read the placement of "${app}"`,
      path`apps/${app}/environments/${environment}/placement`,
      options,
    );
  }

  getRollout(
    app: string,
    environment: string,
    options?: ReadOptions,
  ): Promise<RolloutAnswer> {
    return this.#read(
      `read the rollout of "${app}"`,
      path`apps/${app}/environments/${environment}/rollout`,
      options,
    );
  }

  readLogs(
    { app, environment, cluster }: DeploymentRef,
    options?: ReadOptions,
  ): Promise<LogView> {
    return this.#read(
      `read the logs of "${app}" on ${cluster}`,
      path`apps/${app}/environments/${environment}/clusters/${cluster}/logs`,
      asNow(options),
    );
  }

  readKubernetesView(
    { app, environment, cluster }: DeploymentRef,
    options?: ReadOptions,
  ): Promise<KubernetesView> {
    return this.#read(
      `read the objects of "${app}" on ${cluster}`,
      path`apps/${app}/environments/${environment}/clusters/${cluster}/kubernetes`,
      asNow(options),
    );
  }

  async listJournal(
    filter: JournalFilter,
    options?: ReadOptions,
  ): Promise<JournalEntry[]> {
    return (await this.readJournalPage(filter, options)).items;
  }

  readJournalPage(
    filter: JournalFilter & { cursor?: string },
    options?: ReadOptions,
  ): Promise<ItemList<JournalEntry>> {
    const query = new URLSearchParams();
    const names = [
      'app',
      'cluster',
      'actor',
      'kind',
      'limit',
      'cursor',
    ] as const;
    for (const name of names) {
      const value = filter[name];
      if (value !== undefined) query.set(name, String(value));
    }
    const search = query.size > 0 ? `?${query}` : '';
    return this.#read('read what changed', `journal${search}`, options);
  }

  async promote({
    app,
    environment,
    release,
    replaces,
  }: Parameters<CallboardApi['promote']>[0]): Promise<void> {
    await this.#send(
      `promote release ${release} of "${app}"`,
      'POST',
      path`apps/${app}/environments/${environment}/promotions`,
      { release, replaces },
    );
  }

  async steerRollout({
    app,
    environment,
    action,
    version,
  }: Parameters<CallboardApi['steerRollout']>[0]): Promise<void> {
    await this.#send(
      `${action === 'rollback' ? 'roll back' : action} the rollout of "${app}"`,
      'POST',
      path`apps/${app}/environments/${environment}/rollout/${action}`,
      { version },
    );
  }

  async inviteCluster(cluster: NewCluster): Promise<InvitedCluster> {
    const response = await this.#send(
      `add cluster "${cluster.name}"`,
      'POST',
      path`clusters`,
      cluster,
    );
    return response.json();
  }

  async renewInvitation(cluster: string): Promise<InvitedCluster> {
    const response = await this.#send(
      `make a new command for cluster "${cluster}"`,
      'POST',
      path`clusters/${cluster}/join`,
    );
    return response.json();
  }

  async removeCluster(cluster: string): Promise<RemovedCluster> {
    const response = await this.#send(
      `remove cluster "${cluster}"`,
      'DELETE',
      path`clusters/${cluster}`,
    );
    return response.json();
  }

  async askWhatIf(
    question: WhatIfQuestion,
    options?: ReadOptions,
  ): Promise<WhatIfReport> {
    const response = await this.#send(
      'ask what would happen to the apps',
      'POST',
      'fleet/what-if',
      question,
      options,
    );
    return response.json();
  }

  async scheduleCluster({ cluster, to, why }: SchedulingInput): Promise<void> {
    await this.#send(
      `${to} cluster "${cluster}"`,
      'POST',
      `${path`clusters/${cluster}`}/${to}`,
      why === undefined ? {} : { why },
    );
  }

  async labelCluster({ cluster, labels, why }: LabelInput): Promise<void> {
    await this.#send(
      `label cluster "${cluster}"`,
      'PATCH',
      path`clusters/${cluster}/labels`,
      { labels, ...(why !== undefined && { why }) },
    );
  }

  async setClusterPower({
    cluster,
    on,
  }: {
    cluster: string;
    on: boolean;
  }): Promise<void> {
    await this.#send(
      `switch cluster "${cluster}" ${on ? 'on' : 'off'}`,
      'PUT',
      path`playground/clusters/${cluster}/power`,
      { on },
    );
  }

  async getPlaygroundIsolation(
    options?: ReadOptions,
  ): Promise<PlaygroundIsolation> {
    return this.#read(
      'read how pushed code is isolated',
      'playground/isolation',
      options,
    );
  }

  async getPushUrl(app: string): Promise<string> {
    return `${await this.#discovery.getBaseUrl('callboard')}/git/${app}.git`;
  }

  /** A list to its end. */
  #list<T>(what: string, address: string, options?: ReadOptions): Promise<T[]> {
    return readAllPages(cursor =>
      this.#read<ItemList<T>>(what, pageAt(address, cursor), options),
    );
  }

  async #read<T>(
    what: string,
    address: string,
    options?: ReadOptions,
  ): Promise<T> {
    const response = await this.#ask(what, asOf(address, options?.at), {
      signal: options?.signal,
    });
    return response.json();
  }

  #send(
    what: string,
    method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    address: string,
    body?: object,
    { signal }: ReadOptions = {},
  ): Promise<Response> {
    return this.#ask(what, address, {
      method,
      signal,
      ...(body && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
  }

  async #ask(
    what: string,
    address: string,
    init: RequestInit,
  ): Promise<Response> {
    let response: Response;
    try {
      response = await this.#fetch.fetch(
        `plugin://callboard/v1/${address}`,
        init,
      );
    } catch (error) {
      if (init.signal?.aborted) throw error;
      throw new ProblemError(problemOfFailedRequest(what));
    }
    if (!response.ok)
      throw new ProblemError(await problemOfResponse(what, response));
    const topic = response.headers.get(TOPIC_HEADER);
    const [about] = /^(apps|clusters)\/[^/?]+/.exec(address) ?? [];
    if (topic !== null && about !== undefined) this.#topics.set(about, topic);
    return response;
  }
}

function pageAt(address: string, cursor: string | undefined): string {
  const query = new URLSearchParams({ limit: String(MOST_PER_PAGE) });
  if (cursor !== undefined) query.set('cursor', cursor);
  return `${address}?${query}`;
}

function asOf(address: string, at: Date | undefined): string {
  if (!at) return address;
  return `${address}${address.includes('?') ? '&' : '?'}at=${at.toISOString()}`;
}

/** For questions whose answers are not kept. */
function asNow(options: ReadOptions | undefined): ReadOptions {
  return { signal: options?.signal };
}

/** Builds a path whose values cannot leave their segment. */
function path(texts: TemplateStringsArray, ...values: string[]): string {
  return String.raw({ raw: texts }, ...values.map(encodeURIComponent));
}
