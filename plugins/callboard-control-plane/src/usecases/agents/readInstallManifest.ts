import { timingSafeEqual } from 'node:crypto';
import {
  type AgentRecord,
  hashJoinToken,
  renderAgentInstall,
} from '@callboard/plugin-callboard-clusters-node';
import {
  type KubeObject,
  type Problem,
  type Result,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import { agentObjectsOf } from '../../reconcile/agents/agentObjectsOf';
import { atVersionToRun } from '../../reconcile/blueprints/atVersion';
import type { AgentHost, FactReader } from '../../reconcile/roles';
import type { ControlPlane } from '../ControlPlane';
import {
  agentsOff,
  manifestExpired,
  manifestUnknown,
  manifestUsed,
} from './agentProblems';

const MAX_TOKEN = 100; // ours have 43 characters
const IMAGE_MS = 120_000;

/**
 * Returns the manifest with which `kubectl apply` installs an agent. Anyone who
 * has the token may read it, as often as needed, until an agent joined with it
 * or it expired.
 */
export async function readInstallManifest(
  { cluster, token }: Parameters<ControlPlane['readInstallManifest']>[0],
  { deps }: FactReader & AgentHost,
): Promise<Result<KubeObject[]>> {
  if (!deps.agents) return failed(agentsOff());
  const agent = await deps.agents.registry.find(cluster);
  const refused = judgeToken(agent, { cluster, token }, deps.clock.now());
  if (!agent || refused) return failed(refused ?? manifestUnknown());
  const { address } = deps.agents;
  if (!address.ok) return address;
  const image = await deps.agents.findImage(AbortSignal.timeout(IMAGE_MS));
  if (!image.ok) return image;
  const objects = agentObjectsOf(
    await atVersionToRun(deps.knex, {
      name: cluster,
      source: 'agents',
      connectionKind: 'agent',
      livenessDeadlineMs: 0,
      file: agent.file,
    }),
    deps.platform,
  );
  if (!objects.ok) return objects;
  const { hubUrl, hubKey, hubCa } = address.value;
  const said = deps.platform.clusterFiles?.find(
    ({ metadata }) => metadata.name === cluster,
  );
  const prometheus = said?.spec.prometheus ?? agent.file.spec.prometheus;
  return ok(
    renderAgentInstall({
      cluster,
      hubUrl,
      hubKey,
      ...(hubCa !== undefined && { hubCa }),
      joinToken: token,
      image: image.value.image,
      ...(image.value.pullSecret && { pullSecret: image.value.pullSecret }),
      blueprintObjects: objects.value,
      ...(prometheus && { prometheus }),
    }),
  );
}

function judgeToken(
  agent: AgentRecord | undefined,
  { cluster, token }: { cluster: string; token: string },
  now: Date,
): Problem | undefined {
  if (token.length > MAX_TOKEN) return manifestUnknown();
  const shown = Buffer.from(hashJoinToken(token), 'hex');
  // Compared in every case, so that the timing does not reveal which clusters exist.
  const kept = Buffer.from(agent?.tokenHash ?? hashJoinToken(''), 'hex');
  if (!timingSafeEqual(shown, kept) || !agent || agent.state === 'revoked')
    return manifestUnknown();
  if (agent.state === 'joined') return manifestUsed(cluster);
  return agent.tokenExpiresAt <= now ? manifestExpired(cluster) : undefined;
}
