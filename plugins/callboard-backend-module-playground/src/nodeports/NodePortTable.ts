import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const MAX_SERVICES = 5_000;

/** The last node ports of each service, kept over restarts and beyond the service's removal. */
export class NodePortTable {
  readonly #file: string;
  readonly #ports = new Map<string, number[]>();
  readonly #remembered = new Set<number>();

  constructor(file: string) {
    this.#file = file;
    for (const [key, ports] of readEntries(file)) this.#set(key, ports);
  }

  /** @param key - cluster, namespace and name of the service */
  portsOf(key: string): readonly number[] {
    return this.#ports.get(key) ?? [];
  }

  isRemembered(port: number): boolean {
    return this.#remembered.has(port);
  }

  /** A port belongs to the service that had it last. */
  remember(key: string, port: number): void {
    if (this.portsOf(key).includes(port)) return;
    if (this.#remembered.has(port)) this.#forget(port);
    this.#set(key, [...this.portsOf(key), port]);
    this.#write();
  }

  #set(key: string, ports: number[]): void {
    this.#ports.set(key, ports);
    ports.forEach(port => this.#remembered.add(port));
  }

  #forget(port: number): void {
    for (const [key, ports] of this.#ports) {
      const rest = ports.filter(other => other !== port);
      if (rest.length === 0) this.#ports.delete(key);
      else this.#ports.set(key, rest);
    }
  }

  /** Written aside and renamed: after a kill the file is the old table or the new one. */
  #write(): void {
    const entries = [...this.#ports].slice(-MAX_SERVICES);
    mkdirSync(dirname(this.#file), { recursive: true });
    writeFileSync(
      `${this.#file}.new`,
      JSON.stringify(Object.fromEntries(entries)),
    );
    renameSync(`${this.#file}.new`, this.#file);
  }
}

/** Without a table, or with a damaged one, services keep the ports of their objects. */
function readEntries(file: string): Array<[string, number[]]> {
  try {
    const table: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return Object.entries(table ?? {}).filter(
      (entry): entry is [string, number[]] =>
        Array.isArray(entry[1]) && entry[1].every(Number.isInteger),
    );
  } catch {
    return [];
  }
}
