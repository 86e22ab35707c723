import { parseMemory } from '../../../quantity';
import type { EndingFacts, Occurrence } from '../cause';
import { readConditions } from '../../conditions';
import { CRASH_WINDOW_MS } from '../../deployment/crashWindow';
import { textAt, valueAt } from '../../fields';
import type { ContainerFacts, Ending, Instance, Situation } from '../situation';
import { forContainers } from './forContainers';
import { signalOf } from './signals';
import { readStartFailure } from './startFailures';
import type { CauseRule } from './types';

/** Finds containers that ended although they should run: out of memory, crashed, or ended by themselves. */
export const crashes: CauseRule = (situation: Situation) =>
  forContainers(situation, (container, instance) => {
    if (isOfEndedTask(instance, situation)) return undefined;
    const ending = endingThatMatters(container, {
      instance,
      now: situation.now,
    });
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

/** Returns the newest end, unless the container runs steadily again or ended as it should. */
function endingThatMatters(
  container: ContainerFacts,
  { instance, now }: { instance: Instance; now: Date },
): Ending | undefined {
  const ending = container.ended ?? container.endedBefore;
  if (!ending || isSteady(container, now)) return undefined;
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

/** A container that restarted moments ago may look ready between two crashes. */
function isSteady(
  { isRunning, isReady, runningSince }: ContainerFacts,
  now: Date,
): boolean {
  const ranMs = runningSince
    ? now.getTime() - runningSince.getTime()
    : CRASH_WINDOW_MS;
  return isRunning && isReady && ranMs >= CRASH_WINDOW_MS;
}

/** The task reports its end once for all its tries. */
function isOfEndedTask({ owner }: Instance, { owners }: Situation): boolean {
  const task =
    owner?.kind === 'Job' &&
    owners.find(
      ({ kind, metadata }) => kind === 'Job' && metadata.name === owner.name,
    );
  return task
    ? readConditions(task).some(
        ({ type, status }) =>
          (type === 'Failed' || type === 'Complete') && status === 'True',
      )
    : false;
}

function judgeEnding(
  container: ContainerFacts,
  instance: Instance,
  { ending, situation }: { ending: Ending; situation: Situation },
): Occurrence['cause'] {
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
  return ranMs !== undefined && ranMs >= CRASH_WINDOW_MS
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

/** Then the check is the cause, and the end its effect. */
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
