import { join } from 'node:path';
import type { ContainerStart } from '@callboard/sim';
import {
  INSIDE,
  type RunArea,
  type RunFolder,
  WORKSPACE,
  commandLine,
  findStartCommand,
  readStartHints,
} from '@callboard/plugin-callboard-sandbox-node';
import { choosePorts } from './choosePorts';
import { codeEnv } from './codeEnv';
import { ASSETS, layOutBundle } from './layOutBundle';
import { placeInWorkspace } from './placeInWorkspace';
import type { PreparedProgram, Program, UnpreparedProgram } from './Program';

type BundleStart = Pick<
  ContainerStart,
  'command' | 'args' | 'env' | 'files' | 'ports'
>;

/** Pushed code: the files of a bundle, copied to a folder that it may write to. */
export class BundleProgram implements Program {
  readonly #app: string;
  readonly #start: BundleStart;
  readonly #findBundle: () => Promise<string | undefined>;

  /** @param findBundle - folder of the bundle; undefined when this machine does not have it */
  constructor(
    app: string,
    start: BundleStart,
    findBundle: () => Promise<string | undefined>,
  ) {
    this.#app = app;
    this.#start = start;
    this.#findBundle = findBundle;
  }

  async prepare(
    run: RunFolder,
    area: RunArea,
  ): Promise<PreparedProgram | UnpreparedProgram> {
    const { files, env } = this.#start;
    const bundle = await this.#findBundle();
    if (!bundle)
      return {
        ok: false,
        reason: 'ErrImagePull',
        message: `the pushed code of ${
          this.#app
        } is not on this machine any more: push it again`,
      };
    const outside = Object.keys(files).find(
      path => !placeInWorkspace(run.workspace, path),
    );
    if (outside !== undefined)
      return {
        ok: false,
        reason: 'CreateContainerError',
        message: `the playground runs code as a plain process and can place files below ${WORKSPACE} only, not at ${outside}`,
      };
    const { kind } = area.isolation;
    const readOnly = await layOutBundle(bundle, run.workspace, {
      files,
      dependencies: chooseSharing(kind, area.userOf(this.#app) !== undefined),
    });
    const isInside = kind === 'namespaces';
    const workspace = isInside ? INSIDE.workspace : run.workspace;
    const ports = await choosePorts(this.#start.ports, isInside);
    const command = await this.#command(bundle, workspace, area);
    if (!command)
      return {
        ok: false,
        reason: 'CreateContainerError',
        message: 'no start command: add a Procfile or "command" in score.yaml',
      };
    return {
      ok: true,
      command,
      ports,
      readOnly,
      env: codeEnv(env, ports, {
        base: area.baseEnv(),
        workspace,
        tmp: isInside ? '/tmp' : run.tmp,
      }),
    };
  }

  async #command(
    bundle: string,
    workspace: string,
    { isolation, node }: RunArea,
  ): Promise<string[] | undefined> {
    const { command, args } = this.#start;
    const start = command?.length
      ? undefined
      : findStartCommand(await readStartHints(bundle));
    return commandLine(
      { command, args, start },
      {
        node: isolation.kind === 'namespaces' ? INSIDE.node : node,
        staticServer: join(workspace, ASSETS, 'staticServer.cjs'),
      },
    );
  }
}

function chooseSharing(
  isolation: RunArea['isolation']['kind'],
  isOtherUser: boolean,
): 'copy' | 'link' | 'show' {
  if (isOtherUser) return 'copy';
  return isolation === 'namespaces' ? 'show' : 'link';
}
