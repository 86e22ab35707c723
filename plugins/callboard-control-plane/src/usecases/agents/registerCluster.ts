import { resolveBlueprint } from '@callboard/plugin-callboard-core';
import {
  API_VERSION,
  type BlueprintFile,
  type ClusterFile,
  type ClusterRegistration,
  type Problem,
  type Result,
  blueprintOfCluster,
  failed,
  ok,
  parsePlatformFiles,
} from '@callboard/plugin-callboard-common';
import { askSources } from '../../reconcile/fleet/syncClusters';
import { record } from '../../reconcile/record';
import type { ClusterRegistrar, FactReader } from '../../reconcile/roles';
import { findCluster, registerAgent } from '../../store';
import type { ControlPlane } from '../ControlPlane';
import {
  agentsOff,
  blueprintUnknown,
  clusterInvalid,
  clusterNameTaken,
} from './agentProblems';
import { describeSource } from './describeSource';
import {
  issueToken,
  prepareToRegister,
  showRegistration,
} from './showRegistration';

/** Registers a cluster: from now on one agent may join in its name, with the token of the answer. */
export async function registerCluster(
  input: Parameters<ControlPlane['registerCluster']>[0],
  context: ClusterRegistrar,
): Promise<Result<ClusterRegistration>> {
  const { deps } = context;
  if (!deps.agents) return failed(agentsOff());
  const file = readFile(input, context);
  if (!file.ok) return file;
  const { name } = file.value.metadata;
  const taken = await findTaken(name, context);
  if (taken) return failed(clusterNameTaken(name, taken));
  const address = await prepareToRegister(deps.agents);
  if (!address.ok) return address;

  const at = deps.clock.now();
  const { token, tokenHash, tokenExpiresAt } = issueToken(at);
  const isRegistered = await record(
    context,
    undefined,
    async (tx, { journal, signal }) => {
      const registration = { file: file.value, tokenHash, tokenExpiresAt };
      if (!(await registerAgent(tx, registration, at))) return false;
      journal({
        at,
        actor: input.actor,
        action: 'cluster.registered',
        cluster: name,
        message: `Cluster ${name} was registered; its agent can join`,
        after: { labels: input.labels, blueprint: input.blueprint },
      });
      signal({ kind: 'cluster', name });
      signal({ kind: 'fleet' });
      return true;
    },
  );
  if (!isRegistered)
    return failed(clusterNameTaken(name, describeSource('agent').source));
  await context.resync();
  return ok(showRegistration(name, { token, tokenExpiresAt }, address.value));
}

/** The cluster in the form of a platform file, checked by the same rules. */
function readFile(
  {
    name,
    labels,
    blueprint,
    exposure,
  }: Parameters<ControlPlane['registerCluster']>[0],
  { deps }: FactReader,
): Result<ClusterFile> {
  const file: ClusterFile = {
    apiVersion: API_VERSION,
    kind: 'Cluster',
    metadata: { name, ...(labels && { labels }) },
    spec: {
      ...(blueprint !== undefined && { blueprint }),
      ...(exposure !== undefined && { exposure }),
    },
  };
  const parsed = parsePlatformFiles(JSON.stringify(file), { file: name });
  if (!parsed.ok) return failed(clusterInvalid(name, parsed.problem.why));
  const unusable = judgeBlueprint(file, deps.platform.blueprints);
  return unusable ? failed(unusable) : ok(file);
}

/** Why the cluster could not run the blueprint that it names. */
function judgeBlueprint(
  file: ClusterFile,
  files: readonly BlueprintFile[],
): Problem | undefined {
  const { metadata } = file;
  const ref = blueprintOfCluster(file);
  if (ref === undefined) return undefined;
  const { name: blueprint } = ref;
  const resolved = resolveBlueprint(files, ref);
  if (resolved.ok) return undefined;
  const names = new Set(files.map(each => each.metadata.name));
  if (names.has(blueprint)) return resolved.problem;
  const known = [...names]
    .filter(each => resolveBlueprint(files, each).ok)
    .sort();
  return blueprintUnknown(metadata.name, { blueprint, known });
}

/** Source of the cluster that already has the name. */
async function findTaken(
  name: string,
  { deps }: ClusterRegistrar,
): Promise<string | undefined> {
  const recorded = await findCluster(deps.knex, name);
  if (recorded) return describeSource(recorded.connectionKind).source;
  const { clusters } = await askSources(deps);
  const registered = clusters.get(name)?.registered;
  return registered && describeSource(registered.connectionKind).source;
}
