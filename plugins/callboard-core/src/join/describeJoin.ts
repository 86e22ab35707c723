import type {
  ClusterJoin,
  JoinStep,
  JoinStepName,
  Problem,
} from '@callboard/plugin-callboard-common';

/** Facts about a cluster whose agent dials out. Dates are absent until the step happened. */
export interface JoinFacts {
  cluster: string;
  registeredAt: Date;
  tokenExpiresAt: Date;
  joinedAt?: Date;
  connectedAt?: Date;
  /** Whether it is in contact now. */
  isLive: boolean;
  rights?: { checkedAt: Date; missing: readonly string[]; problem?: Problem };
  inventoryAt?: Date;
  readyAt?: Date;
  /** Whether the cluster names a blueprint; without one it is ready once its inventory was read. */
  hasBlueprint: boolean;
  /** Why its blueprint failed. */
  blueprintProblem?: Problem;
}

const AGENT_LOG = 'kubectl -n callboard-agent logs deployment/callboard-agent';
const SHOWN_RIGHTS = 5; // further ones are counted

/**
 * Describes how far a cluster has come, step by step. Every step that is not
 * done has what it waits for, or the problem and the next step.
 */
export function describeJoin(facts: JoinFacts, now: Date): ClusterJoin {
  const { tokenExpiresAt, joinedAt } = facts;
  return {
    ...(!joinedAt && { expiresAt: tokenExpiresAt.toISOString() }),
    steps: [
      done('registered', facts.registeredAt),
      tokenStep(facts, now),
      connectedStep(facts),
      rightsStep(facts),
      inventoryStep(facts),
      readyStep(facts),
    ],
  };
}

function tokenStep(facts: JoinFacts, now: Date): JoinStep {
  const { joinedAt, tokenExpiresAt } = facts;
  if (joinedAt) return done('token-used', joinedAt);
  if (now >= tokenExpiresAt) {
    return {
      step: 'token-used',
      state: 'failed',
      at: tokenExpiresAt.toISOString(),
      message:
        'The registration token expired before it was used. Make a new command',
    };
  }
  return waiting('token-used', 'Run the command where kubectl reaches it');
}

function connectedStep({ joinedAt, connectedAt, isLive }: JoinFacts): JoinStep {
  if (!connectedAt) {
    return waiting(
      'connected',
      joinedAt
        ? `The agent used its registration token; it connects now. Where it does not, it says why: ${AGENT_LOG}`
        : `The agent dials in as soon as its pod runs. Where it does not come, it says why: ${AGENT_LOG}`,
    );
  }
  const step = done('connected', connectedAt);
  return isLive
    ? step
    : { ...step, message: 'It was connected; there is no contact now' };
}

function rightsStep({ rights, connectedAt }: JoinFacts): JoinStep {
  if (!rights) {
    return waiting(
      'rights-checked',
      connectedAt
        ? 'The cluster is asked what the agent may do'
        : 'Asked as soon as the agent is connected',
    );
  }
  const at = rights.checkedAt;
  if (rights.problem) {
    const { why, next } = rights.problem;
    return failed('rights-checked', at, `${why}. ${next}`);
  }
  if (rights.missing.length === 0) return done('rights-checked', at);
  const shown = rights.missing.slice(0, SHOWN_RIGHTS).join(', ');
  const more = rights.missing.length - SHOWN_RIGHTS;
  return failed(
    'rights-checked',
    at,
    `The agent may not ${shown}${
      more > 0 ? ` and ${more} more` : ''
    }. Make a new command and run it: its manifest has the rights`,
  );
}

function inventoryStep({ inventoryAt, connectedAt }: JoinFacts): JoinStep {
  if (inventoryAt) return done('inventory', inventoryAt);
  return waiting(
    'inventory',
    connectedAt
      ? 'Its version and nodes are read'
      : 'Read as soon as the agent is connected',
  );
}

function readyStep({
  readyAt,
  hasBlueprint,
  blueprintProblem,
  inventoryAt,
}: JoinFacts): JoinStep {
  if (readyAt) return done('ready', readyAt);
  if (blueprintProblem) {
    const { what, why, next } = blueprintProblem;
    return {
      step: 'ready',
      state: 'failed',
      message: `${what}: ${why}. ${next}`,
    };
  }
  if (!hasBlueprint)
    return waiting('ready', 'Apps can be placed here after the inventory');
  return waiting(
    'ready',
    inventoryAt
      ? 'Its blueprint is being applied'
      : 'Its blueprint is applied after the inventory',
  );
}

function done(step: JoinStepName, at: Date): JoinStep {
  return { step, state: 'done', at: at.toISOString() };
}

function waiting(step: JoinStepName, message: string): JoinStep {
  return { step, state: 'waiting', message };
}

function failed(step: JoinStepName, at: Date, message: string): JoinStep {
  return { step, state: 'failed', at: at.toISOString(), message };
}
