import { median } from '../statistics';
import type { Look, Waits } from './LoopBench';

export interface Round {
  idle: Look;
  pushes: Look;
  visitors: Look;
}

/** What was agreed. Milliseconds are of a machine that does nothing else. */
export const AGREED = {
  fleetP99Ms: 100,
  fleetTimesIdle: 5,
  visitorsP95Ms: 50,
  stallMs: 50,
};

export interface Verdict {
  figure: string;
  value: number;
  most: number;
  isMet: boolean;
}

/**
 * Compares the medians of rounds with what was agreed. What a bare server beside
 * the portal took in the same moments is the machine's, and is allowed for: a
 * request waits for a processor once to be read and once to be answered. Stalls
 * are counted in CPU time of the loop's own thread, which is the portal's alone.
 */
export function judgeRounds(rounds: readonly Round[]): Verdict[] {
  const of = (value: (round: Round) => number) => median(rounds.map(value));
  const machine = (pick: (waits: Waits) => number, look: keyof Round) =>
    2 * of(round => pick(round[look].bare));
  const p99 = ({ p99: value }: Waits) => value;
  const p95 = ({ p95: value }: Waits) => value;
  const idle = of(({ idle: { p99: value } }) => value);
  return [
    atMost(
      '/fleet while 50 apps are pushed, p99 in ms',
      of(({ pushes }) => pushes.p99),
      AGREED.fleetP99Ms + machine(p99, 'pushes'),
    ),
    atMost(
      'the same, as a multiple of the idle portal',
      of(({ pushes }) => pushes.p99) / idle,
      AGREED.fleetTimesIdle + machine(p99, 'pushes') / idle,
    ),
    atMost(
      '200 readers, p95 in ms',
      of(({ visitors }) => visitors.p95),
      AGREED.visitorsP95Ms + machine(p95, 'visitors'),
    ),
    atMost(
      'longest stall while 50 apps are pushed, ms of CPU',
      of(({ pushes }) => pushes.loop.worstStallCpuMs),
      AGREED.stallMs,
    ),
    atMost(
      'longest stall with 200 readers, ms of CPU',
      of(({ visitors }) => visitors.loop.worstStallCpuMs),
      AGREED.stallMs,
    ),
  ];
}

function atMost(figure: string, value: number, most: number): Verdict {
  return { figure, value, most, isMet: value <= most };
}
