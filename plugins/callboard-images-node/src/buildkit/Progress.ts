import type { BuildStatus } from './readAnswers';

const MAX_LINES = 2_000;
const MAX_LINE_LENGTH = 500;
const MAX_STEPS = 1_000; // steps whose output is read
/** `[2/4] FROM registry/name:tag@sha256:…`: the base of a stage, by digest. */
const FROM = /\bFROM (\S+@sha256:[0-9a-f]{64})/;

/** Converts the status of a running build to lines for people. Bounded: a build may print without end. */
export class Progress {
  readonly #onOutput: (line: string) => void;
  readonly #started = new Set<string>();
  readonly #bases = new Set<string>();
  readonly #decoders = new Map<
    string,
    { decoder: TextDecoder; rest: string }
  >();
  #lines = 0;

  constructor(onOutput: (line: string) => void) {
    this.#onOutput = onOutput;
  }

  /** Base images that the build reported, by digest. */
  get bases(): string[] {
    return [...this.#bases].sort();
  }

  take({ vertexes, logs }: BuildStatus): void {
    for (const { digest, name, cached, started } of vertexes) {
      const base = FROM.exec(name)?.[1];
      if (base !== undefined && this.#bases.size < 100) this.#bases.add(base);
      if (started === undefined && !cached) continue;
      if (this.#started.has(digest) || name.startsWith('[internal]')) continue;
      this.#started.add(digest);
      this.#say(cached ? `${name} (kept)` : name);
    }
    for (const { vertex, msg } of logs) this.#print(vertex, msg);
  }

  #print(vertex: string, msg: Uint8Array): void {
    if (this.#lines >= MAX_LINES) return;
    if (!this.#decoders.has(vertex) && this.#decoders.size >= MAX_STEPS) return;
    const state = this.#decoders.get(vertex) ?? {
      decoder: new TextDecoder(),
      rest: '',
    };
    this.#decoders.set(vertex, state);
    const text = state.rest + state.decoder.decode(msg, { stream: true });
    const lines = text.split(/\r\n|[\r\n]/);
    state.rest = (lines.pop() ?? '').slice(0, MAX_LINE_LENGTH);
    lines.filter(line => line.trim() !== '').forEach(line => this.#say(line));
  }

  #say(line: string): void {
    this.#lines += 1;
    if (this.#lines < MAX_LINES) this.#onOutput(line.slice(0, MAX_LINE_LENGTH));
    else if (this.#lines === MAX_LINES)
      this.#onOutput('The rest of the output is left out');
  }
}
