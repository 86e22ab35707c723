import { createHash } from 'node:crypto';
import type { Result } from '@callboard/plugin-callboard-common';
import type { RenderedDeployment } from './RenderedDeployment';

const MOST_RENDERED = 200; // releases under way at the same time; an app of ten objects takes 30 KB

/**
 * What releases become, rendered once for all clusters that get the same and for
 * every look at them. A release never changes; what else it is made of is told
 * with it. Used last, kept longest.
 */
export class RenderedApps {
  readonly #known = new Map<string, Result<RenderedDeployment>>();

  /** @param of - everything that `render` looks at; a release by its app and number */
  get(
    of: unknown,
    render: () => Result<RenderedDeployment>,
  ): Result<RenderedDeployment> {
    // As a digest: credentials are among it.
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

/** Many share it: anyone who wants another makes a copy. */
function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value))
    return value;
  Object.values(value).forEach(freeze);
  return Object.freeze(value);
}
