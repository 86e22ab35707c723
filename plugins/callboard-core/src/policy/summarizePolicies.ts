import {
  type PolicyFile,
  type PolicyFindingView,
  type PolicySummary,
  countOf,
} from '@callboard/plugin-callboard-common';
import { compareText } from '../placement/selectors';
import { withException } from './judgePolicies';
import { describePolicyFinding } from './sentences';
import type { PolicyException, PolicyVerdict } from './types';

/** A running deployment with the policies that it violates. */
export interface JudgedDeployment {
  app: string;
  environment: string;
  release: number;
  verdicts: readonly PolicyVerdict[];
}

const MOST_FINDINGS = 100; // of one policy, as its page shows them; the counts are of all

/** Summarizes each policy, by name. */
export function summarizePolicies(
  files: readonly PolicyFile[],
  deployments: readonly JudgedDeployment[],
  { exceptions, now }: { exceptions: readonly PolicyException[]; now: Date },
): PolicySummary[] {
  const byPolicy = new Map<string, PolicyFindingView[]>();
  for (const { app, environment, release, verdicts } of deployments)
    for (const verdict of verdicts) {
      const { exception } = withException(
        verdict,
        { app, environment },
        { exceptions, now },
      );
      const [first] = verdict.findings;
      const found = byPolicy.get(verdict.name) ?? [];
      found.push({
        app,
        environment,
        release,
        message: describePolicyFinding(first),
        ...(first.next !== undefined && { next: first.next }),
        count: verdict.count,
        clusters: [...first.clusters],
        ...(exception && { exceptedUntil: exception.until.toISOString() }),
      });
      byPolicy.set(verdict.name, found);
    }
  return files
    .map(({ metadata, spec }): PolicySummary => {
      const { name, title = name, description } = metadata;
      const found = byPolicy.get(name) ?? [];
      const violating = found.filter(
        ({ exceptedUntil }) => exceptedUntil === undefined,
      ).length;
      const { mode } = spec;
      return {
        name,
        title,
        ...(description !== undefined && { description }),
        mode,
        sentence: describe(mode, {
          violating,
          excepted: found.length - violating,
        }),
        holds: spec.validations.map(({ message }) => message),
        denied: mode === 'deny' ? violating : 0,
        warned: mode === 'warn' ? violating : 0,
        audited: mode === 'audit' ? violating : 0,
        exceptions: exceptions.filter(
          ({ policy, until }) => policy === name && until > now,
        ).length,
        findings: found
          .sort(
            (a, b) =>
              compareText(a.app, b.app) ||
              compareText(a.environment, b.environment),
          )
          .slice(0, MOST_FINDINGS),
      };
    })
    .sort((a, b) => compareText(a.name, b.name));
}

const EFFECT: Record<PolicySummary['mode'], string> = {
  audit: 'Counts releases that violate it',
  warn: 'Warns of releases that violate it',
  deny: 'Refuses releases that violate it',
};

function describe(
  mode: PolicySummary['mode'],
  { violating, excepted }: { violating: number; excepted: number },
): string {
  const runs =
    violating === 0
      ? 'nothing that runs does'
      : `${countOf(violating, 'deployment')} that ${
          violating === 1 ? 'runs does' : 'run do'
        }`;
  const more = excepted === 0 ? '' : `, and ${excepted} by an exception`;
  return `${EFFECT[mode]}; ${runs}${more}.`;
}

/** A push or a promotion that a policy would have refused. */
export interface RefusedChange {
  app: string;
  environment: string;
}

const MOST_NAMED = 5;

/** `In the last 30 days it would have refused 4 of 211 promotions: shop in prod (3), web in dev`. */
export function describeTrial(
  days: number,
  changes: number,
  refused: readonly RefusedChange[],
): string {
  const span = days === 1 ? 'the last day' : `the last ${days} days`;
  if (changes === 0) return `In ${span} there were no promotions to judge`;
  const promotions = countOf(changes, 'promotion');
  if (refused.length === 0)
    return `In ${span} it would have refused none of ${promotions}`;
  const counts = new Map<string, number>();
  for (const { app, environment } of refused) {
    const key = `${app} in ${environment}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const all = [...counts].sort(
    ([a, many], [b, others]) => others - many || compareText(a, b),
  );
  const named = all
    .slice(0, MOST_NAMED)
    .map(([key, count]) => (count === 1 ? key : `${key} (${count})`));
  const rest = all.length - named.length;
  return `In ${span} it would have refused ${
    refused.length
  } of ${promotions}: ${named.join(', ')}${
    rest > 0 ? ` and ${countOf(rest, 'other')}` : ''
  }`;
}

/** First line of the policies' page. */
export function describePolicies({
  items,
  pending,
}: {
  items: readonly PolicySummary[];
  pending: number;
}): string {
  if (items.length === 0) return 'The platform has no policies.';
  const sum = (of: 'denied' | 'warned') =>
    items.reduce((total, item) => total + item[of], 0);
  const denied = sum('denied');
  const warned = sum('warned');
  const parts = [
    ...(denied > 0
      ? [`${countOf(denied, 'violation')} of those that deny`]
      : []),
    ...(warned > 0
      ? [`${countOf(warned, 'violation')} of those that warn`]
      : []),
  ];
  const said =
    parts.length === 0
      ? 'nothing that runs violates one that warns or denies'
      : `what runs has ${parts.join(' and ')}`;
  const rest =
    pending === 0
      ? ''
      : ` ${countOf(pending, 'deployment')} ${
          pending === 1 ? 'is' : 'are'
        } still being judged.`;
  return `${countOf(items.length, 'policy', 'policies')}: ${said}.${rest}`;
}
