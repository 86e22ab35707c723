import { isRecord } from '../frames';
import { type Reported, readReported } from '../report';
import type { Scope, ScopeRule } from '../scope';

/*
 * The handshake, over control frames:
 *
 *     agent ──────── connects ───────▶ hub
 *     agent ◀─ challenge(nonce, key) ── hub
 *     agent ── hello(who, signature) ─▶ hub    signs nonce and hub's key; first time with a join token
 *     agent ◀── welcome(scope) ──────── hub    or refused(code, why)
 *     agent ── report(entries) ───────▶ hub    events from the time without a hub
 *     agent ◀── reported(sequence) ──── hub    recorded; until then it is sent again
 *
 * The agent has the hub's key from its install manifest: it signs for no other
 * hub, and accepts no scope that this key did not sign.
 */

export const PROTOCOL = 1;

/** Purposes of signatures. */
export const PURPOSES = { hello: 'hello', scope: 'scope' } as const;

export interface Challenge {
  kind: 'challenge';
  /** Versions that the hub supports. */
  protocols: number[];
  nonce: string;
  hubKey: string;
}

export interface Hello {
  kind: 'hello';
  protocol: number;
  cluster: string;
  agentKey: string;
  agentVersion: string;
  /** Whether it runs in a pod of the cluster: the hub upgrades only such agents. Older agents omit it. */
  runsInCluster?: boolean;
  /**
   * Start of its process, by its own clock: of two agents of one cluster the
   * later one is kept. Older agents omit it.
   */
  startedAtMs?: number;
  /** Of {@link helloText}. */
  signature: string;
  /** Sent only until the hub has stored the agent's key. */
  joinToken?: string;
}

export interface Welcome {
  kind: 'welcome';
  protocol: number;
  /** JSON of a Scope, exactly the bytes that were signed. */
  scope: string;
  scopeSignature: string;
  /** Interval of the hub's pings; an agent that receives nothing for twice as long treats the hub as lost. */
  heartbeatMs: number;
  /** The hub accepts reports; absent on older hubs, which would read a report as a second hello. */
  reports?: boolean;
}

/** A new scope, sent before the last one expires. */
export interface Renewal {
  kind: 'renewal';
  scope: string;
  scopeSignature: string;
}

/** Reason for which the hub refuses the agent. */
export type RefusalCode =
  | 'protocol-unknown'
  | 'signature-wrong'
  | 'agent-unknown'
  | 'token-wrong'
  | 'token-used'
  | 'token-expired'
  | 'agent-revoked'
  | 'hub-busy';

export interface Refused {
  kind: 'refused';
  code: RefusalCode;
  retryAfterMs?: number;
}

/** The hub closes the connection in an orderly way and says when to reconnect. */
export interface Goodbye {
  kind: 'goodbye';
  reason: 'restarting' | 'replaced' | 'revoked';
  retryAfterMs: number;
}

export type FromHub =
  | Challenge
  | Welcome
  | Renewal
  | Refused
  | Goodbye
  | Reported;

const REFUSALS: readonly string[] = [
  'protocol-unknown',
  'signature-wrong',
  'agent-unknown',
  'token-wrong',
  'token-used',
  'token-expired',
  'agent-revoked',
  'hub-busy',
] satisfies RefusalCode[];

/** The text that an agent signs in its hello. */
export function helloText(
  challenge: Challenge,
  hello: Omit<Hello, 'signature' | 'kind'>,
): string {
  const { protocol, cluster, agentKey, joinToken = '' } = hello;
  return JSON.stringify([
    challenge.nonce,
    challenge.hubKey,
    protocol,
    cluster,
    agentKey,
    joinToken,
  ]);
}

/** Reads the first message of an agent; undefined when it is no hello. */
export function readHello(message: unknown): Hello | undefined {
  if (!isRecord(message) || message.kind !== 'hello') return undefined;
  const { protocol, cluster, agentKey, agentVersion, signature, joinToken } =
    message;
  if (
    typeof protocol !== 'number' ||
    ![cluster, agentKey, agentVersion, signature].every(isShortText)
  )
    return undefined;
  if (joinToken !== undefined && !isShortText(joinToken)) return undefined;
  if (
    message.runsInCluster !== undefined &&
    typeof message.runsInCluster !== 'boolean'
  )
    return undefined;
  if (
    message.startedAtMs !== undefined &&
    !Number.isSafeInteger(message.startedAtMs)
  )
    return undefined;
  return message as unknown as Hello;
}

/** Reads a message of the hub; undefined when it is of no known kind. */
export function readFromHub(message: unknown): FromHub | undefined {
  if (!isRecord(message)) return undefined;
  switch (message.kind) {
    case 'challenge':
      return isShortText(message.nonce) &&
        isShortText(message.hubKey) &&
        Array.isArray(message.protocols) &&
        message.protocols.every(each => typeof each === 'number')
        ? (message as unknown as Challenge)
        : undefined;
    case 'welcome':
      return isSignedScope(message) &&
        typeof message.protocol === 'number' &&
        isPause(message.heartbeatMs) &&
        ['undefined', 'boolean'].includes(typeof message.reports)
        ? (message as unknown as Welcome)
        : undefined;
    case 'renewal':
      return isSignedScope(message)
        ? (message as unknown as Renewal)
        : undefined;
    case 'refused':
      return REFUSALS.includes(String(message.code)) &&
        (message.retryAfterMs === undefined || isPause(message.retryAfterMs))
        ? (message as unknown as Refused)
        : undefined;
    case 'goodbye':
      return ['restarting', 'replaced', 'revoked'].includes(
        String(message.reason),
      ) && isPause(message.retryAfterMs)
        ? (message as unknown as Goodbye)
        : undefined;
    case 'reported':
      return readReported(message);
    default:
      return undefined;
  }
}

/** Parses a scope from its signed JSON. */
export function readScope(text: string): Scope | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (
    !isRecord(value) ||
    !Array.isArray(value.rules) ||
    !value.rules.every(isRule)
  )
    return undefined;
  const { cluster, agentKey, expiresAt } = value;
  return [cluster, agentKey, expiresAt].every(isShortText)
    ? (value as unknown as Scope)
    : undefined;
}

function isRule(value: unknown): value is ScopeRule {
  return (
    isRecord(value) &&
    (value.effect === 'allow' || value.effect === 'deny') &&
    typeof value.path === 'string' &&
    value.path.startsWith('/') &&
    Array.isArray(value.methods) &&
    value.methods.every(each => typeof each === 'string')
  );
}

function isSignedScope(message: Record<string, unknown>): boolean {
  return (
    typeof message.scope === 'string' &&
    message.scope.length < 32_768 &&
    isShortText(message.scopeSignature)
  );
}

function isShortText(value: unknown): boolean {
  return typeof value === 'string' && value.length <= 500;
}

function isPause(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value <= 3_600_000;
}
