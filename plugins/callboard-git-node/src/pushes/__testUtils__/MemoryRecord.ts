import { type Problem, failed, ok } from '@callboard/plugin-callboard-common';
import type { JudgedPush, PushedFiles } from '@callboard/plugin-callboard-node';

export const REFUSED: Problem = {
  code: 'score-missing',
  what: 'Cannot',
  why: 'because',
  next: 'do',
  transient: false,
};

/** Records pushes in memory; takes every app whose files hold a score.yaml, each for its first owner. */
export class MemoryRecord {
  recorded: Array<JudgedPush & { isHead: boolean }> = [];
  broken = false;
  deleted = false;
  judged = 0;

  async checkPush({ paths, texts, ...push }: PushedFiles) {
    this.judged += 1;
    const owner = this.recorded.find(({ app }) => app === push.app)?.owner;
    if (!paths.includes('score.yaml')) return failed(REFUSED);
    if (owner && owner !== push.owner)
      return failed({ ...REFUSED, code: 'not-owner' });
    const accepted = {
      app: push.app,
      created: !owner,
      workloads: [texts['score.yaml']],
      warnings: [],
    };
    return ok({
      ...push,
      title: push.app,
      spec: { workloads: [] },
      builder: 'given',
      accepted,
    });
  }

  async recordPush(push: JudgedPush, options: { isHead: boolean }) {
    if (this.broken)
      return failed({
        ...REFUSED,
        code: 'database-unavailable',
        transient: true,
      });
    if (this.deleted) return failed({ ...REFUSED, code: 'app-deleted' });
    this.recorded.push({ ...push, ...options });
    return ok(push.accepted);
  }

  async findRequest(app: string, key: string) {
    const known = this.recorded.find(
      each => each.app === app && each.elsewhere?.request?.key === key,
    );
    return known?.elsewhere?.request
      ? {
          digest: known.elsewhere.request.digest,
          commit: known.revision.commit,
        }
      : undefined;
  }
}
