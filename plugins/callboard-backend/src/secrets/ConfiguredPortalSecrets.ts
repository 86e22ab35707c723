import { open } from 'node:fs/promises';
import type { PortalSecrets } from '@callboard/plugin-callboard-node';

const MOST_BYTES = 32 * 1024; // the limit of a secret that is set
const MOST_VALUES = 10; // kept per secret
const EVERY_APP = '*';

/** The source of a secret, and the apps that may use it. */
export interface ConfiguredPortalSecret {
  from: { file: string } | { variable: string };
  /** Apps that may reference it, or `*`. */
  apps: readonly string[];
}

/** Secrets of the configuration. Each is read when it is needed: it may change while the portal runs. */
export class ConfiguredPortalSecrets implements PortalSecrets {
  /** Values by name, the most recent first. */
  readonly #read = new Map<string, readonly string[]>();

  constructor(
    private readonly secrets: ReadonlyMap<string, ConfiguredPortalSecret>,
    private readonly env: Readonly<Record<string, string | undefined>>,
  ) {}

  listFor(app: string): string[] {
    return [...this.secrets]
      .filter(([, { apps }]) => apps.includes(app) || apps.includes(EVERY_APP))
      .map(([name]) => name)
      .sort();
  }

  async read(name: string): Promise<string | undefined> {
    const from = this.secrets.get(name)?.from;
    if (!from) return undefined;
    const text =
      'file' in from ? await readText(from.file) : this.env[from.variable];
    // A trailing line break of a file is not part of the value.
    const value = text?.replace(/\r?\n$/, '') || undefined;
    if (value !== undefined) this.#note(name, value);
    return value;
  }

  async recall(name: string): Promise<readonly string[]> {
    await this.read(name);
    return this.#read.get(name) ?? [];
  }

  #note(name: string, value: string): void {
    const others = (this.#read.get(name) ?? []).filter(each => each !== value);
    this.#read.set(name, [value, ...others].slice(0, MOST_VALUES));
  }
}

async function readText(path: string): Promise<string | undefined> {
  try {
    const file = await open(path);
    try {
      const { bytesRead, buffer } = await file.read({
        buffer: Buffer.alloc(MOST_BYTES + 1),
      });
      return bytesRead > MOST_BYTES
        ? undefined
        : buffer.toString('utf8', 0, bytesRead);
    } finally {
      await file.close();
    }
  } catch {
    return undefined; // the caller reports it, without the path
  }
}
