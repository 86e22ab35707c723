import { execFile } from 'node:child_process';
import { readFile, readdir } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { StartedCluster } from '../../src/real/__testUtils__/startCluster';

const run = promisify(execFile);

/**
 * A cluster as the people at its site have it: they stand inside of it, with its
 * own kubectl. From outside its API server can be made to refuse everybody.
 */
export class Site {
  readonly #cluster: StartedCluster;
  readonly #kubectl: string;

  constructor(cluster: StartedCluster, assets: string) {
    this.#cluster = cluster;
    this.#kubectl = `${assets}/kubectl`;
  }

  /** Runs kubectl at the site. */
  async kubectl(...args: string[]): Promise<string> {
    return this.#inside(
      this.#kubectl,
      '--kubeconfig',
      this.#cluster.kubeconfig,
      ...args,
    );
  }

  /** Runs a command line that somebody copied from a page. */
  async paste(command: string): Promise<string> {
    const [, line] = /^kubectl (.*)$/.exec(command) ?? [];
    if (line === undefined) throw new Error(`Not kubectl: ${command}`);
    const words = line.match(/"[^"]*"|\S+/g) ?? [];
    return this.kubectl(...words.map(word => word.replaceAll('"', '')));
  }

  /** From now on nobody outside reaches the API server, as behind a firewall. */
  async closeApiServer(): Promise<void> {
    const { port } = new URL(this.#cluster.server);
    await this.#inside(
      'iptables',
      ...`-I INPUT -i up0 -p tcp --dport ${port} -j REJECT`.split(' '),
    );
  }

  /** Nothing comes in any more, for the node or for what runs on it; nothing is refused. */
  async cutLink(): Promise<void> {
    await this.#onLink('-I');
  }

  async mendLink(): Promise<void> {
    await this.#onLink('-D');
  }

  async #onLink(verb: '-I' | '-D'): Promise<void> {
    for (const chain of ['INPUT', 'FORWARD'])
      await this.#inside('iptables', verb, chain, '-i', 'up0', '-j', 'DROP');
  }

  /** kill -9 of a process that runs in the cluster, by a word that only its command line has. */
  async killProcess(word: string): Promise<void> {
    const own = await findProcesses(word);
    if (own.length === 0) throw new Error(`No process with "${word}" runs`);
    own.forEach(pid => process.kill(pid, 'SIGKILL'));
  }

  async #inside(program: string, ...args: string[]): Promise<string> {
    const { namespace } = this.#cluster;
    const { stdout } = await run(
      'ip',
      ['netns', 'exec', namespace!, program, ...args],
      { maxBuffer: 16 * 1024 * 1024 },
    );
    return stdout;
  }
}

/** Processes of this machine, those in containers included. */
async function findProcesses(word: string): Promise<number[]> {
  const names = (await readdir('/proc')).filter(name => /^\d+$/.test(name));
  const found = await Promise.all(
    names.map(async name => {
      const file = `/proc/${name}/cmdline`;
      const command = await readFile(file, 'utf8').catch(() => '');
      return command.includes(word) ? [Number(name)] : [];
    }),
  );
  return found.flat();
}
