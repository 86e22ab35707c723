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
const CLUSTER_NAME = /^[a-z0-9][a-z0-9-]{0,62}$/; // anything else has no place in a log
const SCOPE_MS = 60 * 60_000; // a hub that lost its key cannot use an agent for longer than this

/** The hub as agents know it. The private key is PKCS #8 in PEM. */
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
  /** With the cluster that it says it is, where that can be a name. */
  | { ok: false; code: RefusalCode; cluster?: string };

/**
 * Judges what an agent says of itself: it has the key it shows (it signed our
 * nonce), and that key is the one the cluster joined with, or comes with a token
 * that nobody has used.
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
      return record.agentKey === agentKey ? 'known' : 'may-join'; // the token says that it is used
    case 'registered':
      return 'may-join';
    default:
      return record satisfies never;
  }
}

/** What the agent may be asked for, signed; good for an hour. */
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
