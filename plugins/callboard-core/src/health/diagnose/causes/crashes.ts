import { parseMemory } from '../../../quantity';
import type { EndingFacts, Sighting } from '../cause';
import { textAt, valueAt } from '../../fields';
import type { ContainerFacts, Ending, Instance, Situation } from '../situation';
import { forContainers } from './forContainers';
import { signalOf } from './signals';
import { readStartFailure } from './startFailures';
import type { CauseRule } from './types';

const RIGHT_AFTER_START_MS = 10_000; // who ends within ten seconds never got to its work

/** A container ended although it should run: out of memory, crashed, ended by itself. */
export const crashes: CauseRule = (situation: Situation) =>
  forContainers(situation, (container, instance) => {
    const ending = endingThatMatters(container, instance);
    if (
      !ending ||
      readStartFailure(ending.message, ending.reason, ending.exitCode)
    )
      return undefined;
    if (wasKilledByCheck(container, instance)) return undefined;
    return {
      cause: judgeEnding(container, instance, { ending, situation }),
      since: ending.finished,
      withOutput: true,
      isCertain: true,
    };
  });

/** The newest end, unless the container came back and is ready, or ended as it should. */
function endingThatMatters(
  container: ContainerFacts,
  instance: Instance,
): Ending | undefined {
  const ending = container.ended ?? container.endedBefore;
  if (!ending || (container.isRunning && container.isReady)) return undefined;
  const mayEnd =
    container.isBeforeStart ||
    textAt(instance.pod, 'spec', 'restartPolicy') !== 'Always';
  if (mayEnd && ending.exitCode === 0) return undefined;
  if (
    container.waiting?.reason === 'PodInitializing' &&
    container.ended === undefined
  )
    return undefined;
  return ending;
}

function judgeEnding(
  container: ContainerFacts,
  instance: Instance,
  { ending, situation }: { ending: Ending; situation: Situation },
): Sighting['cause'] {
  const times = container.restarts + (container.isRunning ? 0 : 1) || 1;
  if (ending.reason === 'OOMKilled') {
    return {
      code: 'out-of-memory',
      limitBytes: parseMemory(
        valueAt(container.spec, 'resources', 'limits', 'memory'),
      ),
      peakBytes: situation.evidence.memoryPeaks?.[instance.name],
      times,
    };
  }
  if (ending.exitCode === 0) return { code: 'ended-by-itself', times };
  const ranMs =
    ending.started && ending.finished
      ? ending.finished.getTime() - ending.started.getTime()
      : undefined;
  const facts = {
    ending: readFacts(ending),
    times,
    isBeforeStart: container.isBeforeStart,
  };
  return ranMs !== undefined && ranMs >= RIGHT_AFTER_START_MS
    ? { code: 'crashed', ranMs, ...facts }
    : { code: 'crashed-at-start', ...facts };
}

function readFacts({ exitCode, signal, message }: Ending): EndingFacts {
  const name = signalOf(exitCode, signal);
  return {
    exitCode,
    ...(name && { signal: name }),
    ...(message && { says: message.slice(-500) }),
  };
}

/** Then the check is the cause, and the end only its effect. */
function wasKilledByCheck(
  container: ContainerFacts,
  instance: Instance,
): boolean {
  return instance.events.some(
    event =>
      event.reason === 'Killing' &&
      event.message.includes(`Container ${container.name} failed`) &&
      /failed (?:liveness|startup) probe/.test(event.message),
  );
}
