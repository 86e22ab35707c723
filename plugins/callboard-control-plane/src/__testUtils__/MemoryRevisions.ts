import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ok } from '@callboard/plugin-callboard-common';
import type {
  RevisionInfo,
  RevisionSource,
} from '@callboard/plugin-callboard-node';

/** Revisions that tests push: files by app and commit. */
export class MemoryRevisions implements RevisionSource {
  readonly #revisions = new Map<
    string,
    { info: RevisionInfo; files: Record<string, string> }
  >();

  add(app: string, info: RevisionInfo, files: Record<string, string>): void {
    this.#revisions.set(`${app}/${info.commit}`, { info, files });
  }

  filesOf(app: string, commit: string): Record<string, string> {
    const revision = this.#revisions.get(`${app}/${commit}`);
    if (!revision) throw new Error(`Nobody pushed ${commit} of "${app}"`);
    return revision.files;
  }

  async readInfo(app: string, commit: string) {
    this.filesOf(app, commit);
    return ok(this.#revisions.get(`${app}/${commit}`)!.info);
  }

  async readFile(app: string, commit: string, path: string) {
    return ok(this.filesOf(app, commit)[path]);
  }

  async listFiles(app: string, commit: string) {
    return ok(Object.keys(this.filesOf(app, commit)));
  }

  async digestOf(app: string, commit: string, from: string) {
    const files = this.#below(from, this.filesOf(app, commit));
    return ok(files.length === 0 ? undefined : JSON.stringify(files));
  }

  #below(from: string, files: Record<string, string>): [string, string][] {
    if (from === '.') return Object.entries(files);
    return Object.entries(files)
      .filter(([path]) => path.startsWith(`${from}/`))
      .map(([path, text]) => [path.slice(from.length + 1), text]);
  }

  async exportTo(app: string, commit: string, folder: string, from = '.') {
    for (const [path, text] of this.#below(from, this.filesOf(app, commit))) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    return ok(undefined);
  }
}
