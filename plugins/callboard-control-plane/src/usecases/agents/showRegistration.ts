import { createJoinToken } from '@callboard/plugin-callboard-clusters-node';
import {
  type ClusterRegistration,
  type Result,
} from '@callboard/plugin-callboard-common';
import type { AgentAddress, AgentDeps } from '../../AgentDeps';

/** Lifetime of a token: enough for a person to find the right shell. */
const TOKEN_MS = 60 * 60_000;

const IMAGE_MS = 120_000; // its first build packs and pushes Node.js too

/**
 * Returns what a registration needs: an address to dial, and an image to run.
 * Reports what is missing before anything is registered.
 */
export async function prepareToRegister(
  agents: AgentDeps,
): Promise<Result<AgentAddress>> {
  if (!agents.address.ok) return agents.address;
  const image = await agents.findImage(AbortSignal.timeout(IMAGE_MS));
  return image.ok ? agents.address : image;
}

/** Returns a token that is valid from now on, and the hash that is stored. */
export function issueToken(now: Date): {
  token: string;
  tokenHash: string;
  tokenExpiresAt: Date;
} {
  return {
    ...createJoinToken(),
    tokenExpiresAt: new Date(now.getTime() + TOKEN_MS),
  };
}

/** The registration as it is shown to a person, once. */
export function showRegistration(
  cluster: string,
  { token, tokenExpiresAt }: { token: string; tokenExpiresAt: Date },
  address: AgentAddress,
): ClusterRegistration {
  const manifestUrl = address.manifestUrlOf(cluster, token);
  return {
    name: cluster,
    join: {
      manifestUrl,
      command: `kubectl apply -f "${manifestUrl}"`, // quoted: `?` is special in shells
      expiresAt: tokenExpiresAt.toISOString(),
    },
  };
}
