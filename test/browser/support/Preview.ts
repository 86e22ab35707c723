import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { freePort } from '@callboard/testing';

const SCRIPT = join(process.cwd(), 'plugins/callboard/dev/servePreview.mjs');

/** What the preview answers: `plugins/callboard/dev/servePreview.mjs` says which there are. */
export type PreviewMode =
  | 'normal'
  | 'lost'
  | 'large'
  | 'long'
  | 'registered'
  | 'stuck'
  | 'busy';

/** The built pages with answers from the stories: for states that a real portal reaches seldom. */
export class Preview {
  readonly url: string;
  readonly #child: ChildProcess;

  static async start(): Promise<Preview> {
    const port = await freePort();
    const child = spawn(process.execPath, [SCRIPT, String(port)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise<void>((done, fail) => {
      child.stdout.once('data', () => done());
      child.once('exit', code =>
        fail(new Error(`The preview ended with ${code}`)),
      );
    });
    return new Preview(`http://localhost:${port}`, child);
  }

  private constructor(url: string, child: ChildProcess) {
    this.url = url;
    this.#child = child;
  }

  async show(mode: PreviewMode): Promise<void> {
    await fetch(`${this.url}/preview/${mode}`, { method: 'PUT' });
  }

  async stop(): Promise<void> {
    const gone = new Promise(done => this.#child.once('exit', done));
    this.#child.kill();
    await gone;
  }
}
