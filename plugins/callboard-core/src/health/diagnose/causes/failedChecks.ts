import { fieldsAt, listAt, numberAt, textAt } from '../../fields';
import type { Cause, CheckAnswer, CheckName } from '../cause';
import type {
  ClusterEvent,
  ContainerFacts,
  Instance,
  Situation,
} from '../situation';
import { readLines, readListeningPorts } from '../output';
import { forContainers } from './forContainers';
import type { CauseRule } from './types';

const SETTLED_MS = 8_000; // time between the first and the last port that a server opens

/** Source: kubernetes pkg/kubelet/prober (1.36). */
const PROBE_FAILED =
  /^(Readiness|Liveness|Startup) probe (?:failed|errored)[^:]{0,80}: ?([\s\S]*)$/;

/** Finds failing checks of an app: the response, or that nothing listens on the port. */
export const failedChecks: CauseRule = (situation: Situation) =>
  forContainers(situation, (container, instance) => {
    if (container.isReady || container.isBeforeStart) return undefined;
    const event = lastUnhealthy(container, instance);
    if (!event) return undefined;
    const [, word, says] = PROBE_FAILED.exec(event.message) ?? [];
    const check = word.toLowerCase() as CheckName;
    const cause = judgeCheck(check, readAnswer(says), container);
    const listensOn =
      cause.code === 'bad-port' &&
      findOtherPort(cause.port, instance, situation);
    return {
      cause: listensOn ? { ...cause, listensOn } : cause,
      since: event.first,
      withOutput: true,
      isCertain: true,
      ...(listensOn && {
        isConclusive: hasSettled(container, situation.now),
      }),
    };
  });

/** Returns the port on which the program listens according to its output, when that is not the checked one. */
function findOtherPort(
  port: string,
  { name }: Instance,
  { evidence: { logs } }: Situation,
): string | undefined {
  const ports = readListeningPorts(
    readLines(Object.hasOwn(logs, name) ? logs[name] : undefined),
  );
  return ports.includes(port) ? undefined : ports[0];
}

/** By then a program with several ports has opened all of them. */
function hasSettled({ runningSince }: ContainerFacts, now: Date): boolean {
  return (
    runningSince !== undefined &&
    now.getTime() - runningSince.getTime() >= SETTLED_MS
  );
}

/** A failing startup or liveness check takes precedence over a failing readiness check: it ends the app. */
function lastUnhealthy(
  container: ContainerFacts,
  instance: Instance,
): ClusterEvent | undefined {
  const unhealthy = instance.events.filter(
    ({ reason, message }) =>
      reason === 'Unhealthy' && PROBE_FAILED.test(message),
  );
  const killed = instance.events.find(
    ({ reason, message }) =>
      reason === 'Killing' &&
      message.includes(`Container ${container.name} failed`),
  );
  const hasEnded =
    container.ended !== undefined || container.endedBefore !== undefined;
  if (killed) {
    const word =
      /failed (liveness|startup) probe/.exec(killed.message)?.[1] ?? '';
    return unhealthy
      .filter(({ message }) => message.toLowerCase().startsWith(word))
      .pop();
  }
  // a crashing container fails its checks too: then the crash is the cause
  return hasEnded ? undefined : unhealthy.pop();
}

function readAnswer(says: string): CheckAnswer {
  const status = /statuscode: (\d{3})/.exec(says);
  if (status) return { kind: 'status', status: Number(status[1]) };
  const refused = /dial tcp (\S+?):? connect: connection refused/.exec(says);
  if (refused) return { kind: 'refused', address: refused[1] };
  if (/deadline exceeded|timed? ?out|timeout/i.test(says))
    return { kind: 'timeout' };
  return { kind: 'other', message: says.trim().slice(0, 300) };
}

function judgeCheck(
  check: CheckName,
  answer: CheckAnswer,
  container: ContainerFacts,
): Cause {
  const probe = fieldsAt(container.spec, `${check}Probe`);
  const { restarts } = container;
  if (answer.kind === 'refused') {
    return {
      code: 'bad-port',
      check,
      port: answer.address.split(':').pop() ?? portOf(probe, container),
      restarts,
    };
  }
  const command = listOfText(probe, 'exec', 'command');
  if (command.length > 0 && answer.kind === 'other') {
    const isMissing =
      /no such file or directory|executable file not found/.test(
        answer.message,
      );
    return {
      code: 'probe-failed',
      check,
      target: command.join(' '),
      answer: isMissing
        ? { kind: 'command-missing' }
        : { kind: 'command', output: answer.message },
      restarts,
    };
  }
  return {
    code: 'probe-failed',
    check,
    target: command.join(' ') || targetOf(probe, container),
    answer,
    restarts,
  };
}

function targetOf(probe: object, container: ContainerFacts): string {
  const path = textAt(probe, 'httpGet', 'path');
  const port = portOf(probe, container);
  return path === undefined ? `port ${port}` : `${path} on port ${port}`;
}

function portOf(probe: object, container: ContainerFacts): string {
  for (const kind of ['httpGet', 'tcpSocket', 'grpc']) {
    const number = numberAt(probe, kind, 'port');
    if (number !== undefined) return String(number);
    const name = textAt(probe, kind, 'port');
    if (name !== undefined) return portNamed(name, container) ?? name;
  }
  return '?';
}

function portNamed(
  name: string,
  container: ContainerFacts,
): string | undefined {
  const port = listAt(container.spec, 'ports').find(
    candidate => textAt(candidate, 'name') === name,
  );
  const number = numberAt(port, 'containerPort');
  return number === undefined ? undefined : String(number);
}

function listOfText(value: object, ...path: string[]): string[] {
  const found = fieldsAt(value, ...path.slice(0, -1))[path[path.length - 1]];
  return Array.isArray(found)
    ? found.filter((member): member is string => typeof member === 'string')
    : [];
}
