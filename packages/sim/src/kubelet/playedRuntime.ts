import type { Clock } from '../clock';
import type { Random } from '../random';
import { type ContainerStage, type Span } from './ContainerStage';
import type { ContainerStart, RunningContainer } from './PodRuntime';

/** A container without a process. Its stage determines the results of its probes. */
export interface PlayedContainer extends RunningContainer {
  isHealthy(): boolean;
}

/** The facts by which a simulated container's stage is chosen. */
export interface PlayedAs {
  image: string;
  words: readonly string[];
  outcome: string | undefined;
  isOfJob: boolean;
}

const STOP_MS = 100; // time that a container takes to end after SIGTERM

/** Returns the stage of a container: the first that matches, or one of several by weight. */
export function chooseStage(
  stages: readonly ContainerStage[],
  as: PlayedAs,
  random: Random,
): ContainerStage {
  const matching = stages.filter(({ when }) => isFitting(when, as));
  const first = matching[0] ?? stages[stages.length - 1];
  const rivals = matching.filter(({ weight }) => weight !== undefined);
  if (first.weight === undefined || rivals.length < 2) return first;
  let draw =
    random.next() * rivals.reduce((sum, { weight = 1 }) => sum + weight, 0);
  return rivals.find(({ weight = 1 }) => (draw -= weight) < 0) ?? first;
}

function isFitting(
  { image, outcome, word, isOfJob }: ContainerStage['when'],
  as: PlayedAs,
): boolean {
  return (
    (image === undefined || image.test(as.image)) &&
    (outcome === undefined || outcome === as.outcome) &&
    (word === undefined || word === as.words[0]) &&
    (isOfJob === undefined || isOfJob === as.isOfJob)
  );
}

export function drawSpan([from, to]: Span, random: Random): number {
  return Math.round(from + (to - from) * random.next());
}

const PLAYED_MEMORY_BYTES = 24 * 1024 ** 2;
const PLAYED_CPU_NANOCORES = 2_000_000;
const METRICS_MS = 15_000; // as often as metrics-server measures

/** Simulates one run of a container. */
export function playContainer(
  stage: ContainerStage,
  start: Pick<ContainerStart, 'command' | 'args' | 'onLog' | 'onExit'>,
  { clock, random }: { clock: Clock; random: Random },
): PlayedContainer {
  const argument =
    Number([...(start.command ?? []), ...(start.args ?? [])].at(-1)) || 1;
  const startedAtMs = clock.now().getTime();
  let cancel = () => {};
  let isOver = false;
  const exit = (
    code: number,
    more: { signal?: string; reason?: string } = {},
  ) => {
    if (isOver) return;
    isOver = true;
    cancel();
    start.onExit({ code, ...more });
  };
  start.onLog(stage.log ?? []);
  const { then } = stage;
  if (then.kind === 'exits') {
    cancel = clock.schedule(drawSpan(then.afterMs, random), () => {
      start.onLog(stage.lastWords ?? []);
      exit(then.code === 'argument' ? argument : then.code, {
        signal: then.signal,
        reason: then.reason,
      });
    });
  }
  return {
    addressOf: () => undefined,
    usage: () => ({
      cpuNanocores: PLAYED_CPU_NANOCORES,
      memoryBytes: PLAYED_MEMORY_BYTES,
      at: clock.now(),
      windowMs: METRICS_MS,
    }),
    isHealthy() {
      if (then.kind === 'exits') return then.code === 0; // a container that will crash never listens
      if (then.kind !== 'sickens') return true;
      const afterMs =
        then.afterMs === 'argument' ? argument * 1000 : then.afterMs[0];
      return clock.now().getTime() - startedAtMs < afterMs;
    },
    stop(graceMs) {
      const isKilled = stage.isStubborn === true || graceMs === 0;
      const end = () =>
        exit(isKilled ? 137 : 0, isKilled ? { signal: 'SIGKILL' } : {});
      if (graceMs === 0) {
        end();
        return Promise.resolve();
      }
      return new Promise(resolve => {
        clock.schedule(isKilled ? graceMs : Math.min(STOP_MS, graceMs), () => {
          end();
          resolve();
        });
      });
    },
  };
}
