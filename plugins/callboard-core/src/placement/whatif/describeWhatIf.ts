import type { WhatIfAnswer } from './askWhatIf';

/** The answer in one sentence: how many apps move, and what would be worse than now. */
export function describeWhatIf({
  moves,
  lostSpread,
  noRoom,
  unchanged,
}: WhatIfAnswer): string {
  if (moves.length + lostSpread.length + noRoom.length === 0) {
    return `Nothing would change for ${count(unchanged, 'app')}`;
  }
  const parts = [
    ...(moves.length > 0
      ? [`${count(moves.length, 'app')} would move: ${names(moves)}`]
      : []),
    ...(noRoom.length > 0
      ? [
          `${count(
            noRoom.length,
            'app',
          )} would not find enough clusters: ${names(noRoom)}`,
        ]
      : []),
    ...(lostSpread.length > 0
      ? [
          `${count(
            lostSpread.length,
            'app',
          )} would be spread less evenly: ${names(lostSpread)}`,
        ]
      : []),
  ];
  return parts.join('; ');
}

function names(list: ReadonlyArray<{ app: string }>): string {
  const all = [...new Set(list.map(({ app }) => app))];
  return all.length > 5
    ? `${all.slice(0, 4).join(', ')} and ${all.length - 4} more`
    : all.join(', ');
}

function count(number: number, noun: string): string {
  return `${number} ${number === 1 ? noun : `${noun}s`}`;
}
