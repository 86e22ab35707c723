import { isRecord } from '../frames';
import { type Reported, readReported } from '../report';
import type { Scope, ScopeRule } from '../scope';

/*
 * The handshake, over control frames:
 *
 *   agent ──────── connects ───────▶ hub
 *   agent ◀─ challenge(nonce, key) ── hub
 *   agent ── hello(who, signature) ─▶ hub    signs nonce and hub's key; first time with a join token
 *   agent ◀── welcome(scope) ──────── hub    or refused(code, why)
 *   agent ── report(entries) ───────▶ hub    what happened while no hub was there
 *   agent ◀── reported(sequence) ──── hub    recorded; until then it is sent again
 *
 * The agent knows the hub's key from its install manifest: it signs for no other
 * hub, and obeys no scope that this key did not sign.
 */

export const PROTOCOL = 1;

/** Purposes of signatures. */
export const PURPOSES = { hello: 'hello', scope: 'scope' } as const;

export interface Challenge {
  kind: 'challenge';
  /** Versions the hub speaks. */
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
  /** Whether it runs in a pod of the cluster: only such are upgraded by the hub. Older agents do not say it. */
  runsInCluster?: boolean;
  /** When its process started, by its own clock: of two of one cluster the later one is kept. Older agents do not say it. */
  startedAtMs?: number;
  /** Over {@link helloText}. */
  signature: string;
  /** Only until the hub knows the key. */
  joinToken?: string;
}

export interface Welcome {
  kind: 'welcome';
  protocol: number;
  /** JSON of a Scope, exactly as it was signed. */
  scope: string;
  scopeSignature: string;
  /** The hub says ping so often; an agent that hears nothing for twice as long is alone. */
  heartbeatMs: number;
  /** The hub takes reports; absent where an older one would take them for a second hello. */
  reports?: boolean;
}

/** A scope again, before the last one expires. */
export interface Renewal {
  kind: 'renewal';
  scope: string;
  scopeSignature: string;
}

/** Why the hub does not take the agent. */
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

/** The hub ends the connection in good order and says when to come back. */
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

/** What an agent signs in its hello. */
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

/** Reads what an agent says first; undefined when it is something else. */
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

/** Reads what a hub says; undefined when it is something else. */
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

/** Reads a scope out of its signed JSON. */
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
