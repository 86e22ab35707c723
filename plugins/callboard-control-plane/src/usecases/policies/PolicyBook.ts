import { setImmediate } from 'node:timers/promises';
import {
  type JudgedDeployment,
  type PolicyVerdict,
  judgePolicies,
  summarizePolicies,
} from '@callboard/plugin-callboard-core';
import type { PolicyPage } from '@callboard/plugin-callboard-common';
import type { ReleaseRenderer } from '../../reconcile/roles';
import { findEnvironment } from '../../reconcile/placing/findEnvironment';
import {
  type AppRecord,
  type ClusterRecord,
  findApps,
  findClusters,
  findDesiredDeployments,
  findEnvironmentReleases,
  findRelease,
} from '../../store';
import { findPolicyExceptions, policiesOf, subjectOf } from './judgeRelease';

const ANSWER_MS = 1_500; // time for judging in one answer; the next one continues

/** An app in an environment that a policy applies to, as it runs now. */
interface Running {
  app: AppRecord;
  environment: string;
  release: number;
  clusters: ClusterRecord[];
}

/**
 * Verdicts of the policies on what runs now. A verdict is kept until the
 * release, its clusters or the platform's files change: reading again costs a
 * comparison for each deployment. Releases that are not judged in time are
 * judged for the next answer.
 */
export class PolicyBook {
  readonly #context: ReleaseRenderer;
  #known = new Map<string, { of: string; verdicts: PolicyVerdict[] }>();
  #files: unknown[] = [];

  constructor(context: ReleaseRenderer) {
    this.#context = context;
  }

  /** @param options - `onlyApps`: names of the apps to include; all when omitted */
  async read({ onlyApps }: { onlyApps?: readonly string[] } = {}): Promise<
    Omit<PolicyPage, 'nextCursor'>
  > {
    const { deps } = this.#context;
    const { policies = [] } = deps.platform;
    const now = deps.clock.now();
    const isShown = (app: string) => onlyApps?.includes(app) ?? true;
    const judged: JudgedDeployment[] = [];
    const running = policies.length === 0 ? [] : await this.#findRunning();
    this.#forgetWhereChanged();
    const until = performance.now() + ANSWER_MS;
    let pending = 0;
    const shown = running.filter(({ app }) => isShown(app.name));
    for (const each of shown) {
      const isInTime = performance.now() < until;
      const verdicts = await this.#judge(each, isInTime);
      const { app, environment, release } = each;
      if (verdicts)
        judged.push({ app: app.name, environment, release, verdicts });
      else pending += 1;
    }
    const exceptions = (await findPolicyExceptions(deps, now)).filter(
      ({ target }) => isShown(target.split('/')[0]),
    );
    return {
      items: summarizePolicies(policies, judged, { exceptions, now }),
      deployments: shown.length,
      pending,
    };
  }

  async #findRunning(): Promise<Running[]> {
    const { knex } = this.#context.deps;
    const apps = new Map((await findApps(knex)).map(app => [app.name, app]));
    const clusters = new Map(
      (await findClusters(knex)).map(cluster => [cluster.name, cluster]),
    );
    const places = new Map<string, ClusterRecord[]>();
    for (const { app, environment, cluster } of await findDesiredDeployments(
      knex,
    )) {
      const record = clusters.get(cluster);
      const key = `${app}/${environment}`;
      if (record) places.set(key, [...(places.get(key) ?? []), record]);
    }
    return (await findEnvironmentReleases(knex)).flatMap(
      ({ app: name, environment, release }): Running[] => {
        const app = apps.get(name);
        const on = places.get(`${name}/${environment}`);
        if (!app || !on) return [];
        const isFor = policiesOf(this.#context.deps, {
          app,
          environment: { name: environment },
        });
        return isFor.length === 0
          ? []
          : [{ app, environment, release, clusters: on }];
      },
    );
  }

  /** Files are read as new values where something in them changed. */
  #forgetWhereChanged(): void {
    const { policies, environments, blueprints, provisioners } =
      this.#context.deps.platform;
    const files = [policies, environments, blueprints, provisioners];
    if (files.every((each, index) => each === this.#files[index])) return;
    this.#files = files;
    this.#known = new Map();
  }

  /** Undefined where there is no verdict yet and no time left to judge. */
  async #judge(
    { app, environment, release, clusters }: Running,
    isInTime: boolean,
  ): Promise<PolicyVerdict[] | undefined> {
    const key = `${app.name}/${environment}`;
    const of = JSON.stringify([
      release,
      app.owner,
      app.system,
      clusters.map(({ file }) => file),
    ]);
    const known = this.#known.get(key);
    if (known?.of === of) return known.verdicts;
    if (!isInTime) return undefined;
    const { deps } = this.#context;
    const record = await findRelease(deps.knex, app.name, release);
    const found =
      record &&
      findEnvironment(deps.platform.environments, record, environment);
    const judged = record &&
      found?.ok && {
        app,
        release: record,
        environment: found.value,
        clusters,
      };
    const verdicts = judged
      ? judgePolicies(policiesOf(deps, judged), subjectOf(judged, deps), {
          now: deps.clock.now(),
        })
      : [];
    this.#known.set(key, { of, verdicts });
    await setImmediate(); // lets other work run
    return verdicts;
  }
}
