import { setTimeout as rest } from 'node:timers/promises';
import type {
  Cluster,
  JournalEntry,
  Problem,
  ReleaseDetails,
} from '@callboard/plugin-callboard-common';
import { Repository } from '../../browser/support/Repository';
import type { Company } from './Company';

const AGAIN_MS = 100;
const PATIENCE_MS = 600_000; // in which nothing that can be killed is left alone

/** Lets people do the next thing, or nothing more for a while. */
export interface Barrier {
  /** Resolves when the next thing may be begun; false when no more is to be done. */
  pass(): Promise<boolean>;
}

interface Person {
  company: Company;
  barrier: Barrier;
  /** In [0, 1): what they do, and when. */
  random(): number;
}

/** Pushes one version after the other and promotes some of them. */
export async function develop(
  app: string,
  { company, barrier, random }: Person,
): Promise<void> {
  const { ledger, portal } = company;
  const repository = await Repository.create({ 'README.md': app });
  try {
    for (let version = 1; await barrier.pass(); version += 1) {
      const commit = await repository.commit(
        `Version ${version}`,
        filesOf(app, version),
      );
      await until(company, `push ${app} version ${version}`, async () => {
        const { ok, text } = await repository.push(portal.cloneUrl(app));
        return ok || text;
      });
      ledger.add(ledger.pushed, app, commit);
      if (random() < 0.7) await promote(app, commit, company);
      await rest(random() * 500);
    }
  } finally {
    await repository.remove();
  }
}

async function promote(
  app: string,
  commit: string,
  company: Company,
): Promise<void> {
  const { ledger } = company;
  let release = 0;
  await until(company, `find the release of ${app} ${commit}`, async () => {
    const answer = await company.ask<{ items: ReleaseDetails[] }>(
      `/apps/${app}/releases?limit=5`,
    );
    if (answer?.status !== 200) return JSON.stringify(answer);
    const found = answer.body.items.find(each => each.revision === commit);
    release = found?.number ?? 0;
    return found !== undefined || 'it is not there';
  });
  await until(company, `promote ${app} ${release}`, async () => {
    const answer = await company.ask<Problem>(
      `/apps/${app}/environments/prod/promotions`,
      { method: 'POST', body: { release } },
    );
    return (
      answer?.status === 202 ||
      answer?.body.code === 'release-already-there' ||
      JSON.stringify(answer)
    );
  });
  ledger.add(ledger.promoted, app, release);
}

/** Cordons and drains one cluster after the other, and opens each again. */
export async function operate(
  clusters: readonly string[],
  { company, barrier, random }: Person,
): Promise<void> {
  for (let turn = 1; await barrier.pass(); turn += 1) {
    const cluster = clusters[Math.floor(random() * clusters.length)];
    const verb = random() < 0.7 ? 'drain' : 'cordon';
    await schedule(verb, { cluster, why: `${verb} ${turn}` }, company);
    await rest(500 + random() * 2_500);
    await schedule('uncordon', { cluster, why: `uncordon ${turn}` }, company);
    await rest(random() * 1_000);
  }
}

const ACTIONS = {
  cordon: 'cluster.cordoned',
  drain: 'cluster.drained',
  uncordon: 'cluster.uncordoned',
} as const;

async function schedule(
  verb: keyof typeof ACTIONS,
  { cluster, why }: { cluster: string; why: string },
  company: Company,
): Promise<void> {
  const action = ACTIONS[verb];
  await until(company, `${why} of ${cluster}`, async () => {
    const answer = await company.ask(`/clusters/${cluster}/${verb}`, {
      method: 'POST',
      body: { why },
    });
    if (answer?.status === 202) return true;
    return (await isRecorded({ cluster, why }, company))
      ? true
      : JSON.stringify(answer);
  });
  company.ledger.scheduled.push({ action, why });
}

/** Who heard nothing looks whether it is done before asking again. Nothing else tells: pages may show what was known last. */
async function isRecorded(
  { cluster, why }: { cluster: string; why: string },
  company: Company,
): Promise<boolean> {
  for (;;) {
    await company.whenBack();
    const answer = await company.ask<{ items: JournalEntry[] }>(
      `/journal?cluster=${cluster}&limit=100`,
    );
    if (answer?.status === 200)
      return answer.body.items.some(entry => entry.why === why);
    await rest(AGAIN_MS);
  }
}

/** Lets one cluster after the other join, and removes it again. */
export async function host({
  company,
  barrier,
  random,
}: Person): Promise<void> {
  for (let turn = 1; await barrier.pass(); turn += 1) {
    const name = `site-${turn}`;
    const agent = await company.join(name, { env: 'none' });
    try {
      await until(company, `${name} is live`, async () => {
        const answer = await company.ask<Cluster>(`/clusters/${name}`);
        return answer?.body.freshness === 'live' || JSON.stringify(answer);
      });
      await until(company, `remove ${name}`, async () => {
        const answer = await company.ask(`/clusters/${name}`, {
          method: 'DELETE',
        });
        return (
          answer?.status === 200 ||
          answer?.status === 404 ||
          JSON.stringify(answer)
        );
      });
    } finally {
      agent.stop();
    }
    company.ledger.joined.push(name);
    await rest(5_000 + random() * 10_000);
  }
}

/** As a person does: tries again until it is done. `attempt` answers why it is not. */
async function until(
  company: Company,
  what: string,
  attempt: () => Promise<true | string>,
): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    await company.whenBack();
    const outcome = await attempt();
    if (outcome === true) return;
    if (performance.now() > deadline)
      throw new Error(`${what}: not within ${PATIENCE_MS} ms: ${outcome}`);
    await rest(AGAIN_MS);
  }
}

function filesOf(app: string, version: number): Record<string, string> {
  return {
    'score.yaml': JSON.stringify({
      apiVersion: 'score.dev/v1b1',
      metadata: { name: app },
      containers: { web: { image: `registry.example/${app}:${version}` } },
    }),
  };
}
