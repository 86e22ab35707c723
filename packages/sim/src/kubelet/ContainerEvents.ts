import type { Container, Pod } from '../kinds';
import type { NodeContext } from './NodeContext';

/** Events of a container, with the messages of a kubelet. */
export class ContainerEvents {
  readonly #of: {
    context: Pick<NodeContext, 'recordEvent'>;
    pod: Pod;
    container: Container;
    isInit: boolean;
  };

  constructor(of: {
    context: Pick<NodeContext, 'recordEvent'>;
    pod: Pod;
    container: Container;
    isInit: boolean;
  }) {
    this.#of = of;
  }

  pulling(): void {
    this.#record('Normal', 'Pulling', `Pulling image ${this.#image}`);
  }

  pulled(ms: number): void {
    const seconds = `${(ms / 1000)
      .toFixed(3)
      .replace(/(?<!0)0+$/, '')
      .replace(/\.$/, '')}s`;
    this.#record(
      'Normal',
      'Pulled',
      `Successfully pulled image ${
        this.#image
      } in ${seconds} (${seconds} including waiting). Image size: 1 bytes.`,
    );
  }

  started(): void {
    this.#record('Normal', 'Created', 'Container created');
    this.#record('Normal', 'Started', 'Container started');
  }

  failed(message: string): void {
    this.#record('Warning', 'Failed', `Error: ${message}`);
  }

  pullFailed({ reason, message }: { reason: string; message: string }): void {
    this.#record(
      'Warning',
      'Failed',
      `Failed to pull image ${this.#image}: ${message}`,
    );
    this.failed(reason);
  }

  /** @returns the message for the container's state */
  pullBackOff({
    reason,
    message,
  }: {
    reason: string;
    message: string;
  }): string {
    const text = `Back-off pulling image ${this.#image}`;
    this.#record('Normal', 'BackOff', text);
    this.failed('ImagePullBackOff');
    return `${text}: ${reason}: ${message}`;
  }

  /** @returns the message for the container's state */
  crashBackOff(pauseMs: number): string {
    const { name, namespace, uid } = this.#of.pod.metadata;
    const pod = `${name}_${namespace}(${uid})`;
    const container = this.#of.container.name;
    this.#record(
      'Warning',
      'BackOff',
      `Back-off restarting failed container ${container} in pod ${pod}`,
    );
    const pause = describeMs(pauseMs);
    return `back-off ${pause} restarting failed container=${container} pod=${pod}`;
  }

  unhealthy(message: string): void {
    this.#record('Warning', 'Unhealthy', message);
  }

  killing(probe: 'liveness' | 'startup'): void {
    this.#record(
      'Normal',
      'Killing',
      `Container ${
        this.#of.container.name
      } failed ${probe} probe, will be restarted`,
    );
  }

  get #image(): string {
    return JSON.stringify(this.#of.container.image);
  }

  #record(type: 'Normal' | 'Warning', reason: string, message: string): void {
    const { context, pod, container, isInit } = this.#of;
    const list = isInit ? 'initContainers' : 'containers';
    const fieldPath = `spec.${list}{${container.name}}`;
    context.recordEvent(pod, { type, reason, message, fieldPath });
  }
}

/** Formats durations as Go does: `10s`, `1m20s`, `5m0s`. */
function describeMs(ms: number): string {
  const seconds = ms / 1000;
  return seconds < 60
    ? `${seconds}s`
    : `${Math.floor(seconds / 60)}m${seconds % 60}s`;
}
