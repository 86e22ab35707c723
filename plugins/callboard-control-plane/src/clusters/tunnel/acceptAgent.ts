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
  | { ok: false; code: RefusalCode };

/**
 * Judges what an agent says of itself: it has the key it shows (it signed our
 * nonce), and that key is the one the cluster joined with, or comes with a token
 * that nobody has used.
 */
export async function acceptAgent(
  message: unknown,
  challenge: Challenge,
  { registry, now }: { registry: AgentRegistry; now: Date },
): Promise<Acceptance> {
  const hello = readHello(message);
  if (hello === undefined || !challenge.protocols.includes(hello.protocol))
    return { ok: false, code: 'protocol-unknown' };
  const text = helloText(challenge, hello);
  const { agentKey, signature, cluster, joinToken } = hello;
  if (!isSignedBy(agentKey, { purpose: PURPOSES.hello, text, signature }))
    return { ok: false, code: 'signature-wrong' };

  const record = await registry.find(cluster);
  const known = judgeRecord(record, agentKey);
  if (known === 'known') return { ok: true, hello };
  if (known !== 'may-join') return { ok: false, code: known };
  if (joinToken === undefined) return { ok: false, code: 'agent-unknown' };
  const joined = await registry.join(
    { cluster, tokenHash: hashJoinToken(joinToken), agentKey },
    now,
  );
  return joined === 'joined'
    ? { ok: true, hello }
    : { ok: false, code: joined };
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
    case 'invited':
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
