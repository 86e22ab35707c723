import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KubeObject } from '@callboard/plugin-callboard-common';
import { parseAllDocuments } from 'yaml';

/** Tests are started in their package, benchmarks in the repository's root. */
const AGENT = ['packages', '../packages']
  .map(folder => join(process.cwd(), folder, 'agent/bin/callboard-agent'))
  .find(existsSync)!;

export interface SiteAgentOptions {
  /** API server of the cluster, and who the agent is there. */
  server: string;
  token: string;
  /** CA of anyone who reads the manifest. */
  ca?: string;
  /** Whether the agent is given the CA of its manifest; it is when omitted. */
  trusts?: boolean;
  env?: Record<string, string>;
}

/** The agent's own program, run beside a cluster as its manifest would run it within. */
export class SiteAgent {
  #child: ChildProcess;
  readonly #folder: string;
  readonly #args: string[];
  readonly #env: NodeJS.ProcessEnv;
  #output = '';

  private constructor(folder: string, args: string[], env: NodeJS.ProcessEnv) {
    this.#folder = folder;
    this.#args = args;
    this.#env = env;
    this.#child = this.#spawn();
  }

  static async start(
    manifestUrl: string,
    { server, token, ca, trusts = true, env = {} }: SiteAgentOptions,
  ): Promise<SiteAgent> {
    const objects = parseAllDocuments(await read(manifestUrl, ca)).map(
      document => document.toJS() as KubeObject,
    );
    const folder = mkdtempSync(join(tmpdir(), 'callboard-site-agent-'));
    const hubCa = objects.find(({ kind }) => kind === 'ConfigMap')?.data as
      | Record<string, string>
      | undefined;
    writeFileSync(join(folder, 'ca.pem'), hubCa?.['ca.crt'] ?? '');
    const kubeconfig = join(folder, 'kubeconfig');
    writeFileSync(kubeconfig, JSON.stringify(kubeconfigOf(server, token)));
    const args = argsOf(objects.at(-1)!)
      .filter(arg => trusts || !arg.startsWith('--hub-ca='))
      .map(arg => inPlace(arg, folder));
    return new SiteAgent(folder, [...args, `--kubeconfig=${kubeconfig}`], {
      ...env,
      CALLBOARD_JOIN_TOKEN:
        new URL(manifestUrl).searchParams.get('token') ?? '',
    });
  }

  /** What it said so far. */
  get output(): string {
    return this.#output;
  }

  /** From here on only what it says next is its output. */
  forgetOutput(): void {
    this.#output = '';
  }

  /** kill -9, and starts again with what it had kept, as a cluster does. */
  async killAndRestart(): Promise<void> {
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await gone;
    this.#child = this.#spawn();
  }

  stop(): void {
    this.#child.kill('SIGKILL');
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #spawn(): ChildProcess {
    const child = spawn(process.execPath, [AGENT, ...this.#args], {
      env: this.#env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const hear = (chunk: Buffer) => {
      this.#output += chunk;
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    return child;
  }
}

function kubeconfigOf(server: string, token: string): object {
  const name = 'site';
  return {
    'current-context': name,
    contexts: [{ name, context: { cluster: name, user: name } }],
    clusters: [{ name, cluster: { server } }],
    users: [{ name, user: { token } }],
  };
}

function argsOf(deployment: KubeObject): string[] {
  const { spec } = deployment as unknown as {
    spec: { template: { spec: { containers: Array<{ args: string[] }> } } };
  };
  return spec.template.spec.containers[0].args;
}

/** What lies in Secrets and ConfigMaps in a cluster lies in a folder here. */
function inPlace(arg: string, folder: string): string {
  if (arg.startsWith('--hub-ca=')) return `--hub-ca=${folder}/ca.pem`;
  if (arg.startsWith('--key-secret=')) return `--key-file=${folder}/key.pem`;
  return arg.startsWith('--state-secret=') ? `--state-folder=${folder}` : arg;
}

/** GET as who trusts that CA. */
function read(url: string, caFile?: string): Promise<string> {
  const ca = caFile === undefined ? {} : { ca: readFileSync(caFile) };
  return new Promise((resolve, reject) => {
    const { request } = url.startsWith('https:') ? https : http;
    request(url, ca, async response => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of response) chunks.push(chunk);
      resolve(Buffer.concat(chunks).toString('utf8'));
    })
      .on('error', reject)
      .end();
  });
}
