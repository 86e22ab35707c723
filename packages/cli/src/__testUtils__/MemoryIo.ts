import { directJudge } from '../check/directJudge';
import { type Io, type Tree, UsageError } from '../Io';

/** Files that only exist here, and what a command wrote. */
export class MemoryIo implements Io {
  readonly outLines: string[] = [];
  readonly errLines: string[] = [];
  readonly #files: Record<string, string | Uint8Array>;

  constructor(files: Record<string, string | Uint8Array>) {
    this.#files = files;
  }

  readText(path: string): string {
    return Buffer.from(this.readBytes(path).bytes).toString('utf8');
  }

  readBytes(path: string): { bytes: Uint8Array; size: number } {
    if (!Object.hasOwn(this.#files, path))
      throw new UsageError(`Cannot read ${path}`);
    const bytes = Buffer.from(this.#files[path]);
    return { bytes, size: bytes.byteLength };
  }

  hasFile(path: string): boolean {
    return (
      Object.hasOwn(this.#files, path) ||
      Object.keys(this.#files).some(each => each.startsWith(`${path}/`))
    );
  }

  writeNew(path: string, text: string): boolean {
    if (Object.hasOwn(this.#files, path)) return false;
    this.#files[path] = text;
    return true;
  }

  openTree(name: string): Tree {
    const start = `${name}/`;
    const paths = Object.keys(this.#files)
      .filter(path => path.startsWith(start))
      .map(path => path.slice(start.length))
      .sort();
    if (paths.length === 0) throw new UsageError(`There is no folder ${name}`);
    return { name, paths, readBytes: path => this.readBytes(start + path) };
  }

  startJudge = () => directJudge;

  out = (line: string): void => void this.outLines.push(line);

  err = (line: string): void => void this.errLines.push(line);

  env(_name: string): string | undefined {
    return undefined;
  }

  async ask(url: string, _request: RequestInit): Promise<Response> {
    throw new Error(`Nobody listens at ${url}`);
  }

  async pause(): Promise<void> {}

  newId(): string {
    return 'an-id';
  }

  readonly terminal = { input: false, output: false };
  kept: string | undefined;
  /** Lines of who is asked. */
  readonly typed: string[] = [];
  readonly opened: string[] = [];
  readonly end = new AbortController();
  remotes: string[] = [];

  async askLine(question: string): Promise<string | undefined> {
    if (this.terminal.input) this.err(question);
    return this.typed.shift();
  }

  untilEnded = (): AbortSignal => this.end.signal;

  readKept = (): string | undefined => this.kept;

  keep(text: string): string {
    this.kept = text;
    return '/home/ana/.config/callboard/portals.json';
  }

  listRemotes = (): string[] => this.remotes;

  openPage(url: string): boolean {
    this.opened.push(url);
    return true;
  }

  machineName = (): string => "ana's laptop";

  now(): Date {
    return new Date('2026-11-20T12:00:00Z');
  }
}
