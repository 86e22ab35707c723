import type {
  PlacementDecision,
  PlacementVerdict,
} from '@callboard/plugin-callboard-common';
import {
  describePlacementReason,
  describeRemedy,
} from '@callboard/plugin-callboard-core';

/** The answer of `callboard place --output json`. */
export interface PlaceAnswer {
  satisfied: boolean;
  message: string;
  decisions: Array<{ cluster: string; group?: string; replicas?: number }>;
  verdicts: Array<{
    cluster: string;
    verdict: PlacementVerdict['verdict'];
    score?: number;
    reasons: Array<{ rule: string; message: string }>;
    remedy: string | null;
  }>;
}

/** Formats a decision for programs: sentences beside codes, decisions by cluster name. */
export function formatAnswer(decision: PlacementDecision): PlaceAnswer {
  return {
    satisfied: decision.satisfied,
    message: describeOutcome(decision),
    decisions: decision.verdicts
      .filter(({ verdict }) => verdict === 'chosen')
      .map(({ cluster, group, replicas }) => ({
        cluster,
        ...(group !== undefined && { group }),
        ...(replicas !== undefined && { replicas }),
      })),
    verdicts: decision.verdicts.map(
      ({ cluster, verdict, score, reasons, remedy }) => ({
        cluster,
        verdict,
        ...(score !== undefined && { score }),
        reasons: reasons.map(reason => ({
          rule: reason.rule,
          message: describePlacementReason(reason),
        })),
        remedy: remedy ? describeRemedy(remedy) : null,
      }),
    ),
  };
}

/** Describes the outcome in words, for any engine. */
export function describeOutcome({
  chosen,
  wanted,
  notes,
}: PlacementDecision): string {
  const remarks = notes
    .filter(({ rule }) => rule !== 'too-few-clusters')
    .map(note => describePlacementReason(note));
  const count =
    wanted === undefined
      ? `${chosen.length}`
      : `${chosen.length} of ${wanted} wanted`;
  const noun = (wanted ?? chosen.length) === 1 ? 'cluster' : 'clusters';
  const answer =
    chosen.length === 0
      ? 'Placed nowhere'
      : `Placed on ${count} ${noun}: ${chosen.join(', ')}`;
  return `${[answer, ...remarks].join('. ')}.`;
}

/** Formats a decision for people: the outcome, then one line per cluster; refused ones with the reason and a remedy. */
export function formatText(
  decision: PlacementDecision,
  explains: boolean,
): string {
  const { verdicts, message } = formatAnswer(decision);
  const width = Math.max(0, ...verdicts.map(({ cluster }) => cluster.length));
  const details = new Map(
    decision.verdicts.map(verdict => [verdict.cluster, verdict]),
  );
  const lines = verdicts
    .filter(({ verdict }) => explains || verdict === 'chosen')
    .flatMap(({ cluster, verdict, reasons, remedy }) => {
      const { group, replicas } = details.get(cluster) ?? {};
      const extras = [
        ...(replicas === undefined
          ? []
          : [`${replicas} ${replicas === 1 ? 'replica' : 'replicas'}`]),
        ...(group === undefined ? [] : [`group ${group.trim()}`]),
      ];
      const head = `  ${cluster.padEnd(width)}  ${[verdict, ...extras].join(
        ', ',
      )}`;
      if (!explains) return [head];
      const why = reasons.map(
        ({ message: sentence }) => `${' '.repeat(width + 6)}${sentence}`,
      );
      const help = remedy
        ? [`${' '.repeat(width + 6)}To admit it: ${remedy}`]
        : [];
      return [head, ...why, ...help];
    });
  return [message, ...lines].join('\n');
}
