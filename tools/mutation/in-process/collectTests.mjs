/**
 * The words a test file is written in (`describe`, `it`, `test` and their
 * `each`), and `collect`, which names what a file says in them. Only what runs
 * synchronously and without hooks: all that a test of the pure core needs.
 */
export function createCollector(bindEach) {
  let path = [];
  let found = [];

  const describe = (name, body) => {
    path.push(name);
    body();
    path.pop();
  };
  const it = (name, body) => {
    found.push({ name: [...path, name].join(' '), body });
  };
  describe.each = bindEach(describe, false);
  it.each = bindEach(it, false);

  return {
    words: { describe, it, test: it },
    /** The tests that `load` declares, in their order. */
    collect: load => {
      path = [];
      found = [];
      load();
      return found;
    },
  };
}
