import type {
  Exception,
  PolicySummary,
  PolicyTrial,
} from '@callboard/plugin-callboard-common';
import type { PolicyList } from '@callboard/plugin-callboard-react';

const DAY_MS = 24 * 60 * 60_000;
const inDays = (days: number) =>
  new Date(Date.now() + days * DAY_MS).toISOString();

function policy(facts: Partial<PolicySummary> = {}): PolicySummary {
  return {
    name: 'no-open-ports',
    title: 'Services are reached through a gateway',
    mode: 'deny',
    sentence:
      'Refuses releases that violate it; 1 deployment that runs does, and 1 by an exception.',
    holds: ['A service opens a port of every node'],
    denied: 1,
    warned: 0,
    audited: 0,
    exceptions: 1,
    findings: [
      {
        app: 'checkout',
        environment: 'prod',
        release: 42,
        message: 'A service opens a port of every node (Service web)',
        next: 'Ask for a resource of type route',
        count: 2,
        clusters: ['eu-1', 'us-1'],
      },
      {
        app: 'ledger',
        environment: 'prod',
        release: 7,
        message: 'A service opens a port of every node (Service api)',
        count: 1,
        clusters: ['eu-1'],
        exceptedUntil: inDays(3.5),
      },
    ],
    ...facts,
  };
}

export function policies(
  items: PolicySummary[] = [
    policy(),
    policy({
      name: 'pods-restricted',
      title: 'Pods are restricted',
      description: 'Pod Security Standards, profile restricted',
      mode: 'audit',
      sentence: 'Counts releases that violate it; nothing that runs does.',
      holds: ['A container is privileged'],
      denied: 0,
      exceptions: 0,
      findings: [],
    }),
  ],
  pending = 0,
): PolicyList {
  return { items, deployments: 12, pending };
}

export function exceptions(): Exception[] {
  return [
    {
      id: 'one',
      policy: 'no-open-ports',
      target: 'ledger/prod',
      until: inDays(3.5),
      why: 'It moves to a route with release 8',
      createdBy: 'user:default/bo',
      createdAt: inDays(-1),
    },
  ];
}

export function policyTrial(): PolicyTrial {
  return {
    days: 30,
    changes: 211,
    refused: 1,
    sentence:
      'In the last 30 days it would have refused 1 of 211 promotions: checkout in prod',
    items: [
      {
        app: 'checkout',
        environment: 'prod',
        release: 41,
        at: inDays(-2),
        by: 'user:default/ana',
        message: 'A service opens a port of every node (Service web)',
      },
    ],
  };
}
