import {
  type Problem,
  type Result,
  type ScoreWorkload,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import type {
  BuildInput,
  BuildOutput,
  Builder,
  ImageStorage,
} from '@callboard/plugin-callboard-node';
import {
  type Isolation,
  mayHaveStartCommand,
  needsStartCommand,
  noStartCommand,
} from '@callboard/plugin-callboard-sandbox-node';
import { checkPusher } from './checkPusher';

/** The playground's builder: checks pushes in this process, and has bundles built in the worker. */
export class BundleBuilder implements Builder {
  readonly name = 'bundle';
  readonly clusters = ['playground'] as const;
  readonly storage: ImageStorage;
  readonly #isolation: Isolation;
  readonly #localUser: string;
  readonly #build: (input: BuildInput) => Promise<Result<BuildOutput>>;

  /**
   * @param options.localUser - the person at the terminal: without isolation
   *   the only one who may push
   */
  constructor(options: {
    isolation: Isolation;
    localUser: string;
    storage: ImageStorage;
    build(input: BuildInput): Promise<Result<BuildOutput>>;
  }) {
    this.#isolation = options.isolation;
    this.#localUser = options.localUser;
    this.storage = options.storage;
    this.#build = options.build;
  }

  check({
    actor,
    workloads,
    paths,
  }: {
    actor: string;
    workloads: ScoreWorkload[];
    paths: readonly string[];
  }): Result<void> {
    const allowed = checkPusher(actor, {
      isolation: this.#isolation,
      localUser: this.#localUser,
    });
    if (!allowed.ok) return allowed;
    if (needsStartCommand(workloads) && !mayHaveStartCommand(paths))
      return failed(
        paths.includes('Dockerfile')
          ? dockerfileNotRun()
          : noStartCommand(paths, 'never'),
      );
    return ok(undefined);
  }

  build(input: BuildInput): Promise<Result<BuildOutput>> {
    return this.#build(input);
  }
}

function dockerfileNotRun(): Problem {
  return {
    code: 'no-start-command',
    what: 'Cannot build the Dockerfile of this repository',
    why: 'the playground builds no Dockerfile, and nothing else says how to start the code',
    next: 'Build the image elsewhere, name it in score.yaml in place of ".", and let it run on real clusters; or add a Procfile with a line that starts the code',
    transient: false,
  };
}
