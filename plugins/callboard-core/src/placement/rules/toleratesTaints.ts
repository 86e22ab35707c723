import {
  BLUEPRINT_TAINT,
  OBSERVED_ONLY_TAINT,
  type PlacementChange,
  type PlacementReason,
  type PlacementReasonOf,
  type Taint,
  type Toleration,
} from '@callboard/plugin-callboard-common';
import { ADMITS, type PlacementRule, type RuleContext } from '../types';

/**
 * Every taint that keeps apps away is tolerated. `PreferNoSelect` keeps no app
 * away, `NoSelectIfNew` only those that do not run there yet. An app that
 * requires a blueprint tolerates the taint of that blueprint.
 *
 * Source: open-cluster-management.io/ocm pkg/placement/plugins/tainttoleration
 * (1.0); the rule for blueprints is our own.
 */
export const toleratesTaints: PlacementRule = {
  name: 'tolerates-taints',
  admits({ taints }, context) {
    return taints.every(
      taint => !repels(taint, context.held) || isTolerated(taint, context),
    );
  },
  judge({ taints }, context) {
    const repelling = taints.filter(taint => repels(taint, context.held));
    const untolerated = repelling.filter(taint => !isTolerated(taint, context));
    if (untolerated.length > 0) {
      return {
        kind: 'refuses',
        reasons: untolerated.map(reasonFor),
        fixes: fixesFor(untolerated),
      };
    }
    if (repelling.length === 0) return ADMITS;
    return {
      kind: 'admits',
      notes: repelling.map(taint => ({
        rule: 'tolerates-taint',
        facts: factsOf(taint),
      })),
    };
  },
};

function repels(taint: Taint, held: boolean): boolean {
  if (taint.effect === 'PreferNoSelect') return false;
  return !(taint.effect === 'NoSelectIfNew' && held);
}

function isTolerated(
  taint: Taint,
  { spec, requires, now }: RuleContext,
): boolean {
  if (taint.key === OBSERVED_ONLY_TAINT) return false;
  if (isBlueprintTaint(taint) && taint.value === requires?.blueprint)
    return true;
  return (spec.tolerations ?? []).some(
    toleration =>
      covers(toleration, taint) && !hasExpired(toleration, taint, now),
  );
}

function isBlueprintTaint(taint: Taint): boolean {
  return taint.key === BLUEPRINT_TAINT && Boolean(taint.value);
}

/** Returns whether the toleration matches this taint, without its time. */
export function covers(toleration: Toleration, taint: Taint): boolean {
  if (toleration.effect && toleration.effect !== taint.effect) return false;
  if (toleration.key && toleration.key !== taint.key) return false;
  switch (toleration.operator || 'Equal') {
    case 'Exists':
      return true;
    case 'Equal':
      return (toleration.value ?? '') === (taint.value ?? '');
    default:
      return false;
  }
}

/** Without a `timeAdded` the taint counts as older than any toleration lasts, as in the engine. */
function hasExpired(toleration: Toleration, taint: Taint, now: Date): boolean {
  if (toleration.tolerationSeconds === undefined) return false;
  if (taint.timeAdded === undefined) return true;
  const endMs =
    Date.parse(taint.timeAdded) + toleration.tolerationSeconds * 1000;
  return now.getTime() >= endMs;
}

function reasonFor(taint: Taint): PlacementReason {
  return { rule: 'tolerates-taints', facts: factsOf(taint) };
}

function factsOf({
  key,
  value,
  effect,
}: Taint): PlacementReasonOf<'tolerates-taints'>['facts'] {
  return { key, value: value ?? '', effect };
}

/**
 * Proposes a toleration per key, or requiring the blueprint whose taint it is;
 * an app's file never grants rights on a cluster.
 */
function fixesFor(taints: readonly Taint[]): PlacementChange[][] {
  if (taints.some(({ key }) => key === OBSERVED_ONLY_TAINT)) return [];
  const byTolerating = tolerationsFor(taints);
  const blueprintTaint = taints.find(isBlueprintTaint);
  if (blueprintTaint === undefined) return [byTolerating];
  const others = taints.filter(taint => taint !== blueprintTaint);
  const require: PlacementChange = {
    rule: 'require-blueprint',
    facts: { blueprint: blueprintTaint.value ?? '' },
  };
  return [[require, ...tolerationsFor(others)], byTolerating];
}

function tolerationsFor(taints: readonly Taint[]): PlacementChange[] {
  const keys = [...new Set(taints.map(({ key }) => key))].sort();
  return keys.map(key => ({ rule: 'tolerate', facts: { key } }));
}
