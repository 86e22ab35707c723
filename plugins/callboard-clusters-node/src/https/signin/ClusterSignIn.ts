import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { ProblemError } from '@callboard/plugin-callboard-common';
import { RequestQueue } from '../../connection/RequestQueue';
import type { HttpsTransportOptions } from '../HttpsTransport';
import { type CheckedContext, readKubeconfig } from '../readKubeconfig';
import type { ExecDeps } from './execCredentials';
import { readBounded } from './KeptFiles';
import { KubeconfigSignIn } from './KubeconfigSignIn';
import { findOwnCluster } from './loadKubeConfig';
import { readExecPlugin } from './readExecPlugin';
import { runPlugin } from './runPlugin';
import { configRefused } from './signInProblems';

/** A kubeconfig, and its permissions from the operator. */
export interface KubeconfigFile {
  file: string;
  /** The current context when omitted. */
  context?: string;
  /** Allows the program that its user names. */
  allowExec?: boolean;
  /** Variables of the portal's environment that this program needs. */
  execEnv?: string[];
  /** Folders, beside its own, whose files it may name. */
  allowFilesIn?: string[];
}

/** A cluster of an inventory, and the program that the operator configured for it. */
export interface ProvidedAccess {
  /** Fields of a cluster in a kubeconfig; those that name a file are ignored. */
  address: { server: string; [field: string]: unknown };
  /** Like `exec` of a user in a kubeconfig. */
  exec: object;
  execEnv?: string[];
}

type Access =
  | { kubeconfig: KubeconfigFile }
  | { inCluster: true }
  | ProvidedAccess;

const MAX_BYTES = 1024 * 1024;
const OTHERS_WRITE = 0o002;
const PLUGINS_AT_ONCE = 4; // each is a large program of a cloud provider: hundreds of clusters start together

const ROOT = '/'; // configured programs are found by PATH or absolute path

/** Access to a cluster, as it was just read. */
interface ReadAccess {
  checked: CheckedContext;
  /** Relative paths are resolved against this folder. */
  folder: string;
  settings: Pick<KubeconfigFile, 'execEnv' | 'allowFilesIn'>;
}

const ON_THIS_MACHINE: ExecDeps = {
  run: runPlugin,
  queue: new RequestQueue(PLUGINS_AT_ONCE, Infinity),
  env: process.env,
  nowMs: Date.now,
};

/**
 * Signs in to one cluster while it is registered. Each `open` reads the
 * kubeconfig again; the credential of its program is kept while file and
 * context are the same.
 */
export class ClusterSignIn {
  readonly #cluster: string;
  readonly #access: Access;
  readonly #deps: ExecDeps;
  #known: { text: string; signIn: KubeconfigSignIn } | undefined;

  constructor(
    cluster: string,
    access: Access,
    deps: ExecDeps = ON_THIS_MACHINE,
  ) {
    this.#cluster = cluster;
    this.#access = access;
    this.#deps = deps;
  }

  /**
   * Also called after the server refused a credential: one that is older than
   * ten seconds is then requested again. Throws a ProblemError.
   */
  async open(): Promise<HttpsTransportOptions> {
    const { checked, folder, settings } = await this.#read(this.#access);
    const text = JSON.stringify(checked);
    if (this.#known?.text === text) this.#known.signIn.refuse();
    else
      this.#known = {
        text,
        signIn: new KubeconfigSignIn(
          checked,
          { cluster: this.#cluster, folder, ...settings },
          this.#deps,
        ),
      };
    return {
      cluster: this.#cluster,
      server: checked.context.server,
      signIn: this.#known.signIn,
    };
  }

  #read(access: Access): Promise<ReadAccess> | ReadAccess {
    if ('inCluster' in access) return this.#readOwnCluster();
    if ('address' in access) return this.#readProvided(access);
    return this.#readFile(access.kubeconfig);
  }

  #readProvided({ address, exec, execEnv }: ProvidedAccess): ReadAccess {
    const plugin = readExecPlugin(exec);
    if (!plugin.ok) throw configRefused(this.#cluster, plugin.why, plugin.next);
    const { server, 'certificate-authority': _file, ...fields } = address;
    const checked: CheckedContext = {
      context: {
        name: this.#cluster,
        server,
        cluster: {
          ...fields,
          'insecure-skip-tls-verify': false, // inventories are not written by the portal's operator
        },
        user: {},
      },
      renewal: {
        kind: 'exec',
        plugin: { ...plugin.value, provideClusterInfo: true },
      },
    };
    return { checked, folder: ROOT, settings: { ...(execEnv && { execEnv }) } };
  }

  async #readFile(settings: KubeconfigFile): Promise<ReadAccess> {
    const { file, context, allowExec } = settings;
    const text = await readBounded(file, MAX_BYTES).catch(() => {
      throw configRefused(
        this.#cluster,
        `its kubeconfig "${file}" cannot be read`,
        'Check the path and its permissions',
      );
    });
    if (allowExec === true && (await isWrittenByOthers(file)))
      throw configRefused(
        this.#cluster,
        `its kubeconfig "${file}" may run programs, and everybody on this machine may write it`,
        'Take the right to write from others: chmod o-w',
      );
    const checked = readKubeconfig(text, {
      cluster: this.#cluster,
      context,
      allowExec,
    });
    if (!checked.ok) throw new ProblemError(checked.problem);
    const folder = dirname(resolve(file));
    return { checked: checked.value, folder, settings };
  }

  #readOwnCluster(): ReadAccess {
    if (!this.#deps.env.KUBERNETES_SERVICE_HOST)
      throw configRefused(
        this.#cluster,
        'the portal does not run in a cluster',
        'Take inCluster out, and give a kubeconfig, or url and token',
      );
    const { server, caFile, tokenFile } = findOwnCluster();
    const checked: CheckedContext = {
      context: {
        name: this.#cluster,
        server,
        cluster: { 'certificate-authority': caFile },
        user: {},
      },
      renewal: { kind: 'token-file', file: tokenFile },
    };
    return { checked, folder: dirname(tokenFile), settings: {} };
  }
}

async function isWrittenByOthers(file: string): Promise<boolean> {
  return ((await stat(file)).mode & OTHERS_WRITE) !== 0;
}
