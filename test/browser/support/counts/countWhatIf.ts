import type {
  WhatIfReplicas,
  WhatIfReport,
} from '@callboard/plugin-callboard-common';
import { appsOf, plural } from './facts';
import type { Count } from './findMiscounts';

const MOST_NAMES = 12; // of clusters that refuse for the same reasons

/** What a change would do: its sentence and the lists below it count each app once. */
export function countWhatIf({
  moves,
  shortages,
  lostSpread,
  stays,
  data,
}: WhatIfReport): Count[] {
  const isNowhere = ({ stuck, found }: (typeof shortages)[number]) =>
    stuck.length > 0 || found === 0;
  const nowhere = appsOf(shortages.filter(isNowhere));
  const fewer = new Set(
    [...appsOf(shortages)].filter(app => !nowhere.has(app)),
  );
  const affected = appsOf([...moves, ...shortages, ...lostSpread]);
  const stay = [...appsOf(stays)].filter(app => !affected.has(app)).length;
  const moving = moves.reduce(
    (sum, { replicas }) => sum + (replicas?.moving ?? 0),
    0,
  );
  const counts: Count[] = [
    moves.length === 0
      ? 'moves no app'
      : [/moves (\d+) apps?/, appsOf(moves).size],
  ];
  const say = (shown: RegExp, count: number) => {
    if (count > 0) counts.push([shown, count]);
  };
  say(/(\d+) ha(?:s|ve) nowhere else to run/, nowhere.size);
  say(/(\d+) finds? fewer clusters than wanted/, fewer.size);
  say(/(\d+) (?:is|are) spread less evenly/, appsOf(lostSpread).size);
  say(/\| No other place (\d+)/, appsOf(shortages).size);
  say(/\| Moves (\d+)/, appsOf(moves).size);
  say(/\| Is spread less evenly (\d+)/, appsOf(lostSpread).size);
  say(/\| Data that stays (\d+)/, appsOf(data).size);
  say(/\| (\d+) apps? stays?/, stay);
  say(/\((\d+) instances?\)/, moving);
  counts.push(
    { shown: /all (\d+) stay/, are: [stay] },
    ...shortages
      .flatMap(({ refused }) => refused)
      .filter(({ clusters }) => clusters.length > MOST_NAMES)
      .map(({ clusters }): Count => {
        const named = clusters.slice(0, MOST_NAMES - 1);
        return `${named.join(', ')} and ${clusters.length - named.length} more`;
      }),
    ...shortages.flatMap(({ stuck, wanted, found, replicas }): Count[] => {
      if (stuck.length > 0) return [];
      return [
        replicas
          ? `It would run ${replicas.found} of ${plural(
              replicas.wanted,
              'instance',
            )}`
          : `It would run on ${found} of ${plural(wanted, 'cluster')}`,
      ];
    }),
    ...moves.flatMap(({ replicas }) =>
      replicas ? countReplicas(replicas) : [],
    ),
  );
  return counts;
}

/** The clusters that get more take as many as those that lose them give. */
function countReplicas({ of, clusters }: WhatIfReplicas): Count[] {
  const gained = clusters.map(({ before, after }) =>
    Math.max(0, after - before),
  );
  return [
    `${gained.reduce((a, b) => a + b, 0)} of ${plural(of, 'instance')}`,
    ...clusters.map(
      ({ cluster, before, after }) => `${cluster} (${before} → ${after})`,
    ),
  ];
}

/** Texts of a report that hold digits of their own. */
export function namesInWhatIf({ shortages, data }: WhatIfReport): string[] {
  return [
    ...shortages
      .flatMap(({ refused }) => refused)
      .flatMap(({ reasons, remedy }) => [
        remedy ?? '',
        reasons.map(({ message }) => message).join('; '),
      ]),
    ...data.flatMap(({ sentence, deletedBy }) => [sentence, deletedBy]),
  ];
}
