import type { Problem } from '@callboard/plugin-callboard-common';

/** Lets a number of calls through at the same time and turns the next one away. */
export class Gate {
  #inside = 0;
  readonly #places: number;

  constructor(places: number) {
    this.#places = places;
  }

  async pass(
    work: () => Promise<Problem | undefined>,
  ): Promise<Problem | undefined> {
    if (this.#inside >= this.#places) return tooBusy(this.#places);
    this.#inside += 1;
    try {
      return await work();
    } finally {
      this.#inside -= 1;
    }
  }
}

function tooBusy(places: number): Problem {
  return {
    code: 'git-host-busy',
    what: 'Cannot serve this now',
    why: `${places} pushes and fetches are under way`,
    next: 'Try again in some seconds',
    transient: true,
  };
}
