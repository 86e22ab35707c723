import { renderAgentPullSecret } from '@callboard/plugin-callboard-clusters-node';
import {
  type Problem,
  type Result,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import type {
  AgentImage,
  PullCredentials,
} from '@callboard/plugin-callboard-control-plane';
import type { ImageBuilder } from '@callboard/plugin-callboard-images-node';
import type { AgentBundle } from './openAgentBundle';

/** Sources of the agent image. */
export interface AgentImagesOptions {
  /** `callboard.agent`: an image built elsewhere. */
  given?: { image: string; version?: string };
  builder?: Pick<ImageBuilder, 'pushProgram'>;
  bundle: AgentBundle;
  pullCredentials(): readonly PullCredentials[];
}

/**
 * Provides the image that agents run: the configured one, or one built from the
 * agent that comes with this portal. Built on first use, once per version and
 * process; an image that the registry has is not pushed again.
 */
export class AgentImages {
  readonly #options: AgentImagesOptions;
  #built: Promise<Result<string>> | undefined;

  constructor(options: AgentImagesOptions) {
    this.#options = options;
  }

  get version(): string {
    const { given, bundle } = this.#options;
    return given?.version ?? bundle.version;
  }

  async find(signal: AbortSignal): Promise<Result<AgentImage>> {
    const { given, pullCredentials } = this.#options;
    const image = given ? ok(given.image) : await this.#build(signal);
    if (!image.ok) return image;
    const pullSecret = renderAgentPullSecret(image.value, pullCredentials());
    return ok({
      image: image.value,
      version: this.version,
      ...(pullSecret && { pullSecret }),
    });
  }

  /** Concurrent callers share one build; a failed build is retried by the next call. */
  async #build(signal: AbortSignal): Promise<Result<string>> {
    this.#built ??= this.#push(signal).catch(error =>
      failed(bundleMissing(error as Error)),
    );
    const built = await this.#built;
    if (!built.ok) this.#built = undefined;
    return built;
  }

  async #push(signal: AbortSignal): Promise<Result<string>> {
    const { builder, bundle } = this.#options;
    if (!builder) return failed(imageMissing());
    return builder.pushProgram(
      {
        name: 'callboard-agent',
        version: bundle.version,
        title: 'Callboard agent',
        main: bundle.main,
        files: await bundle.read(),
      },
      signal,
    );
  }
}

function imageMissing(): Problem {
  return {
    code: 'agent-image-missing',
    what: 'Cannot add a cluster that dials out',
    why: 'there is no image of the agent: no registry is configured to build it into, and none is named',
    next: 'Set callboard.builder.registry to a registry that the cluster can pull from, or callboard.agent.image to an image of the agent',
    transient: false,
  };
}

function bundleMissing({ message }: Error): Problem {
  return {
    code: 'agent-image-missing',
    what: 'Cannot build the image of the agent',
    why: message.slice(0, 300),
    next: 'Build the agent (yarn workspace @callboard/agent build), or name an image in callboard.agent.image',
    transient: false,
  };
}
