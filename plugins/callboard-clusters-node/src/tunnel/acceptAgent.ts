import { randomBytes } from 'node:crypto';
import {
  CALLBOARD_RULES,
  type Challenge,
  type Hello,
  PROTOCOL,
  PURPOSES,
  type RefusalCode,
  type Scope,
  type Welcome,
  helloText,
  isSignedBy,
  readHello,
  signText,
} from '@callboard/tunnel';
import type { AgentRecord, AgentRegistry } from './AgentRegistry';
import { hashJoinToken } from './joinToken';

const NONCE_BYTES = 32;
const CLUSTER_NAME = /^[a-z0-9][a-z0-9-]{0,62}$/; // other names must not reach a log
const SCOPE_MS = 60 * 60_000; // a hub that lost its key can use an agent no longer than this

/** The hub's identity for agents. The private key is PKCS #8 in PEM. */
export interface HubIdentity {
  privateKey: string;
  publicKey: string;
}

export function createChallenge(hub: HubIdentity): Challenge {
  return {
    kind: 'challenge',
    protocols: [PROTOCOL],
    nonce: randomBytes(NONCE_BYTES).toString('base64url'),
    hubKey: hub.publicKey,
  };
}

export type Acceptance =
  | { ok: true; hello: Hello }
  /** With the cluster that it claims to be, where that is a valid name. */
  | { ok: false; code: RefusalCode; cluster?: string };

/**
 * Verifies an agent's hello: it owns the key it sends (it signed our nonce),
 * and that key is the one the cluster joined with, or comes with an unused
 * token.
 */
export async function acceptAgent(
  message: unknown,
  challenge: Challenge,
  deps: { registry: AgentRegistry; now: Date },
): Promise<Acceptance> {
  const hello = readHello(message);
  if (hello === undefined) return { ok: false, code: 'protocol-unknown' };
  const refusal = await findRefusal(hello, challenge, deps);
  if (refusal === undefined) return { ok: true, hello };
  const { cluster } = hello;
  return {
    ok: false,
    code: refusal,
    ...(CLUSTER_NAME.test(cluster) && { cluster }),
  };
}

async function findRefusal(
  hello: Hello,
  challenge: Challenge,
  { registry, now }: { registry: AgentRegistry; now: Date },
): Promise<RefusalCode | undefined> {
  if (!challenge.protocols.includes(hello.protocol)) return 'protocol-unknown';
  const text = helloText(challenge, hello);
  const { agentKey, signature, cluster, joinToken } = hello;
  if (!isSignedBy(agentKey, { purpose: PURPOSES.hello, text, signature }))
    return 'signature-wrong';

  const record = await registry.find(cluster);
  const known = judgeRecord(record, agentKey);
  if (known === 'known') return undefined;
  if (known !== 'may-join') return known;
  if (joinToken === undefined) return 'agent-unknown';
  const joined = await registry.join(
    { cluster, tokenHash: hashJoinToken(joinToken), agentKey },
    now,
  );
  return joined === 'joined' ? undefined : joined;
}

function judgeRecord(
  record: AgentRecord | undefined,
  agentKey: string,
): 'known' | 'may-join' | RefusalCode {
  switch (record?.state) {
    case undefined:
      return 'agent-unknown';
    case 'revoked':
      return 'agent-revoked';
    case 'joined':
      return record.agentKey === agentKey ? 'known' : 'may-join'; // the token is consumed by `join`
    case 'registered':
      return 'may-join';
    default:
      return record satisfies never;
  }
}

/** Signs the requests that an agent may accept; valid for an hour. */
export function signScope(
  hub: HubIdentity,
  hello: Hello,
  now: Date,
): Pick<Welcome, 'scope' | 'scopeSignature'> {
  const value: Scope = {
    cluster: hello.cluster,
    agentKey: hello.agentKey,
    rules: CALLBOARD_RULES,
    expiresAt: new Date(now.getTime() + SCOPE_MS).toISOString(),
  };
  const scope = JSON.stringify(value);
  return {
    scope,
    scopeSignature: signText(hub.privateKey, PURPOSES.scope, scope),
  };
}

export const SCOPE_RENEWAL_MS = SCOPE_MS / 3;
