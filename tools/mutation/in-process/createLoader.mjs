import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve, sep } from 'node:path';
import { compileFunction } from 'node:vm';

/**
 * Loads TypeScript as CommonJS, each file translated and compiled once and run
 * as often as asked. What lies in `root` is forgotten by `forget`, so that a
 * mutant finds no state that another left; what lies elsewhere stays loaded.
 * `globals` are what test files see without importing it, `replace` may stand
 * in for a package.
 */
export function createLoader({ root, globals, replace }) {
  const { transform } = createRequire(join(root, 'package.json'))('sucrase');
  const names = Object.keys(globals);
  const compiled = new Map();
  const kept = new Map();
  let own = new Map();

  const compile = file => {
    const known = compiled.get(file);
    if (known !== undefined) return known;
    const { code } = transform(readFileSync(file, 'utf8'), {
      transforms: ['typescript', 'imports'],
      filePath: file,
    });
    const made = compileFunction(
      code,
      ['exports', 'require', 'module', ...names],
      { filename: file },
    );
    compiled.set(file, made);
    return made;
  };

  const load = file => {
    const cache = file.startsWith(root + sep) ? own : kept;
    const known = cache.get(file);
    if (known !== undefined) return known.exports;
    const module = { exports: {} };
    cache.set(file, module);
    const requireFrom = createRequire(file);
    compile(file)(
      module.exports,
      name => {
        const found = name.startsWith('.')
          ? resolveFile(resolve(dirname(file), name))
          : requireFrom.resolve(name);
        if (/\.tsx?$/.test(found)) return load(found);
        return replace(name, requireFrom(found));
      },
      module,
      ...names.map(name => globals[name]),
    );
    return module.exports;
  };

  return {
    load,
    forget: () => {
      own = new Map();
    },
  };
}

function resolveFile(path) {
  const candidates = [path, `${path}.ts`, join(path, 'index.ts')];
  const found = candidates.find(
    candidate => existsSync(candidate) && statSync(candidate).isFile(),
  );
  if (found === undefined) throw new Error(`Nothing stands at ${path}`);
  return found;
}
