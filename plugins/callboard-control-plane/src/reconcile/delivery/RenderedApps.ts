import { createHash } from 'node:crypto';
import type { Result } from '@callboard/plugin-callboard-common';
import type { RenderedDeployment } from './RenderedDeployment';

const MOST_RENDERED = 200; // releases in use at the same time; an app of ten objects takes 30 KB

/**
 * Caches rendered releases, each rendered once for all clusters that get the
 * same and for every reconcile. A release never changes; all other inputs are
 * part of the key. The least recently used are dropped first.
 */
export class RenderedApps {
  readonly #known = new Map<string, Result<RenderedDeployment>>();

  /**
   * @param of - every input of `render`; a release by its app and number
   */
  get(
    of: unknown,
    render: () => Result<RenderedDeployment>,
  ): Result<RenderedDeployment> {
    // As a digest, since credentials are among the inputs.
    const key = createHash('sha256').update(JSON.stringify(of)).digest('hex');
    const rendered = this.#known.get(key) ?? freeze(render());
    this.#known.delete(key);
    this.#known.set(key, rendered);
    if (this.#known.size > MOST_RENDERED) {
      const [oldest] = this.#known.keys();
      this.#known.delete(oldest);
    }
    return rendered;
  }
}

/** The value is shared: a caller that changes it makes a copy first. */
function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value))
    return value;
  Object.values(value).forEach(freeze);
  return Object.freeze(value);
}
